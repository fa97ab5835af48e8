using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NewsHub.Core.Store.Migrations.Postgres
{
    /// <summary>A node takes for all who wait with one question: each would else wait for the row that the one before it wrote.</summary>
    [DbContext(typeof(PostgresNewsDb))]
    [Migration("20261201050000_LimitsAreTakenTogether")]
    public sealed class LimitsAreTakenTogether : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            DROP FUNCTION "TakeFromLimits"(bytea[], interval[], interval[], timestamptz);
            -- Of so many tries at the same limits, as many as all of these limits have room for are taken. Those of the n-th group are
            -- keys[firsts[n]] and what follows it, up to the next group. Rows are locked in one order.
            CREATE FUNCTION "TakeFromLimits"(
                tries int[], firsts int[], keys bytea[], room interval[], periods interval[], at_time timestamptz)
            RETURNS TABLE ("Taken" int, "Wait" interval, "IsFirst" boolean) LANGUAGE plpgsql AS $$
            DECLARE
                kept record;
                past int;
            BEGIN
                INSERT INTO "SharedLimits" SELECT DISTINCT k, at_time, false FROM unnest(keys) AS k ORDER BY k ON CONFLICT DO NOTHING;
                PERFORM 1 FROM "SharedLimits" AS l WHERE l."Key" = ANY(keys) ORDER BY l."Key" FOR UPDATE;
                FOR n IN 1 .. cardinality(tries) LOOP
                    past := COALESCE(firsts[n + 1], cardinality(keys) + 1);
                    "Taken" := tries[n];
                    "Wait" := NULL;
                    "IsFirst" := NULL;
                    FOR i IN firsts[n] .. past - 1 LOOP
                        SELECT GREATEST(l."Whole" - at_time, interval '0') AS used INTO kept
                        FROM "SharedLimits" AS l WHERE l."Key" = keys[i];
                        "Taken" := LEAST("Taken", CASE
                            WHEN kept.used > room[i] THEN 0
                            ELSE floor(extract(epoch FROM room[i] - kept.used) / extract(epoch FROM periods[i]))::bigint + 1 END);
                    END LOOP;
                    IF "Taken" > 0 THEN
                        UPDATE "SharedLimits" AS l
                        SET "Whole" = GREATEST(l."Whole", at_time) + "Taken" * given.p, "IsLogged" = false
                        FROM unnest(keys[firsts[n] : past - 1], periods[firsts[n] : past - 1]) AS given(k, p)
                        WHERE l."Key" = given.k;
                    END IF;
                    IF "Taken" < tries[n] THEN
                        FOR i IN firsts[n] .. past - 1 LOOP
                            SELECT l."Whole" - at_time - room[i] AS wait, l."IsLogged" INTO kept
                            FROM "SharedLimits" AS l WHERE l."Key" = keys[i];
                            IF kept.wait > interval '0' THEN
                                "Wait" := kept.wait;
                                "IsFirst" := NOT kept."IsLogged";
                                UPDATE "SharedLimits" AS l SET "IsLogged" = true WHERE l."Key" = keys[i] AND NOT l."IsLogged";
                                EXIT;
                            END IF;
                        END LOOP;
                    END IF;
                    RETURN NEXT;
                END LOOP;
            END $$;
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            DROP FUNCTION "TakeFromLimits"(int[], int[], bytea[], interval[], interval[], timestamptz);
            CREATE FUNCTION "TakeFromLimits"(keys bytea[], room interval[], periods interval[], at_time timestamptz)
            RETURNS TABLE ("Wait" interval, "IsFirst" boolean) LANGUAGE plpgsql AS $$
            DECLARE kept record;
            BEGIN
                INSERT INTO "SharedLimits" SELECT k, at_time, false FROM unnest(keys) AS k ORDER BY k ON CONFLICT DO NOTHING;
                PERFORM 1 FROM "SharedLimits" AS l WHERE l."Key" = ANY(keys) ORDER BY l."Key" FOR UPDATE;
                FOR kept IN SELECT l.*, l."Whole" - at_time - given.r AS wait FROM unnest(keys, room) WITH ORDINALITY AS given(k, r, i)
                    JOIN "SharedLimits" AS l ON l."Key" = given.k ORDER BY given.i
                LOOP
                    IF kept.wait > interval '0' THEN
                        UPDATE "SharedLimits" AS l SET "IsLogged" = true WHERE l."Key" = kept."Key";
                        RETURN QUERY SELECT kept.wait, NOT kept."IsLogged";
                        RETURN;
                    END IF;
                END LOOP;
                UPDATE "SharedLimits" AS l SET "Whole" = GREATEST(l."Whole", at_time) + given.p, "IsLogged" = false
                FROM unnest(keys, periods) AS given(k, p) WHERE l."Key" = given.k;
            END $$;
            """);
    }
}
