using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NewsHub.Core.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class PostgresSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Rows stay small, since many are looked at: the words of each lie beside them. They are indexed once all are taken in,
            // see PostgresSearch.CompleteAsync; SearchTotals has its one row from then on.
            migrationBuilder.Sql("""
                CREATE TABLE "SearchText" ("Place" bigint PRIMARY KEY, "Length" integer NOT NULL, "Words" tsvector NOT NULL)
                WITH (toast_tuple_target = 128);
                ALTER TABLE "SearchText" ALTER COLUMN "Words" SET STORAGE EXTERNAL, ALTER COLUMN "Words" SET STATISTICS 0;
                CREATE TABLE "SearchTotals" ("Stories" bigint NOT NULL, "Words" bigint NOT NULL);
                ALTER TABLE "IndexedWords" SET (fillfactor = 70);
                """);
            // A table that is small by itself would be read to its end, with all that lies beside it; the zero keeps its key out of it.
            migrationBuilder.Sql("""
                CREATE FUNCTION "SearchPlaces"(questions tsquery[], first bigint, until bigint, most integer)
                RETURNS TABLE ("Question" integer, "Place" bigint, "Length" integer) LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
                BEGIN
                  FOR n IN 1 .. cardinality(questions) LOOP
                    RETURN QUERY SELECT n, t."Place", t."Length" FROM "SearchText" AS t
                    WHERE t."Words" @@ questions[n] AND t."Place" + 0 >= first AND t."Place" + 0 < until
                    ORDER BY t."Place" + 0 DESC LIMIT most;
                  END LOOP;
                END $$;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP FUNCTION "SearchPlaces";
                ALTER TABLE "IndexedWords" RESET (fillfactor);
                DROP TABLE "SearchTotals"; DROP TABLE "SearchText";
                """);
        }
    }
}
