using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NewsHub.Core.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class NodesShare : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Secrets",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Value = table.Column<byte[]>(type: "bytea", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Secrets", x => x.Name);
                });

            // What nodes count together and may lose: without a log of its own, so quick to write.
            migrationBuilder.Sql("""
                CREATE UNLOGGED TABLE "SharedLimits" (
                    "Key" bytea PRIMARY KEY, "Whole" timestamptz NOT NULL, "IsLogged" boolean NOT NULL);
                CREATE INDEX "IX_SharedLimits_Whole" ON "SharedLimits" ("Whole");
                CREATE UNLOGGED TABLE "SharedReaders" (
                    "Story" bigint, "Reader" bigint, "Until" timestamptz NOT NULL, PRIMARY KEY ("Story", "Reader"));
                CREATE UNLOGGED TABLE "SharedPresence" (
                    "Story" bigint, "Member" bigint, "Name" text NOT NULL, "SeenAt" timestamptz,
                    "Revision" integer, "OpenedAt" timestamptz, PRIMARY KEY ("Story", "Member"));
                """);
            // Takes a try from each limit, or from none and says how long to wait. Rows are locked in one order.
            migrationBuilder.Sql("""
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
            // Other nodes need not wait for their next look at the log, and hear of sums, which are in no log.
            migrationBuilder.Sql("""
                CREATE FUNCTION "TellOfEvents"() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_notify('newshub', 'events'); RETURN NULL; END $$;
                CREATE TRIGGER "Events_are_told" AFTER INSERT ON "Events" FOR EACH STATEMENT EXECUTE FUNCTION "TellOfEvents"();
                CREATE FUNCTION "TellOfSums"() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_notify('newshub', 'sums ' || NEW."Id"); RETURN NULL; END $$;
                CREATE TRIGGER "Sums_are_told" AFTER UPDATE OF "Shares", "Reactions" ON "Stories"
                FOR EACH ROW EXECUTE FUNCTION "TellOfSums"();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER "Events_are_told" ON "Events"; DROP TRIGGER "Sums_are_told" ON "Stories";
                DROP FUNCTION "TellOfEvents"(); DROP FUNCTION "TellOfSums"();
                DROP FUNCTION "TakeFromLimits"(bytea[], interval[], interval[], timestamptz);
                DROP TABLE "SharedLimits"; DROP TABLE "SharedReaders"; DROP TABLE "SharedPresence";
                """);

            migrationBuilder.DropTable(
                name: "Secrets");
        }
    }
}
