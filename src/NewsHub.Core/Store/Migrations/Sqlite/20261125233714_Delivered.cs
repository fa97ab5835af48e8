using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NewsHub.Core.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Delivered : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Related",
                table: "Stories",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.CreateTable(
                name: "IndexedStories",
                columns: table => new
                {
                    Place = table.Column<long>(type: "INTEGER", nullable: false),
                    StoryId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IndexedStories", x => x.Place);
                });

            migrationBuilder.CreateTable(
                name: "IndexedWords",
                columns: table => new
                {
                    Word = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Stories = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IndexedWords", x => x.Word);
                });

            migrationBuilder.CreateTable(
                name: "IndexStates",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Recipe = table.Column<int>(type: "INTEGER", nullable: false),
                    LastEvent = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeUpTo = table.Column<DateTime>(type: "TEXT", nullable: true),
                    MadeUpToStory = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IndexStates", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_IndexedStories_StoryId",
                table: "IndexedStories",
                column: "StoryId",
                unique: true);

            // Words only, no texts: those are in the revisions. They come folded, with spaces between them.
            migrationBuilder.Sql("""CREATE VIRTUAL TABLE "SearchText" USING fts5(headline, standfirst, names, body, facets, content='', contentless_delete=1, tokenize='ascii');""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP TABLE "SearchText";""");

            migrationBuilder.DropTable(
                name: "IndexedStories");

            migrationBuilder.DropTable(
                name: "IndexedWords");

            migrationBuilder.DropTable(
                name: "IndexStates");

            migrationBuilder.DropColumn(
                name: "Related",
                table: "Stories");
        }
    }
}
