using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NewsHub.Core.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OwnByline : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // With its foreign key at once: added after it, the whole table would be made anew.
            migrationBuilder.Sql("""
                ALTER TABLE "Staff" ADD "AuthorId" INTEGER NULL
                CONSTRAINT "FK_Staff_Authors_AuthorId" REFERENCES "Authors" ("Id") ON DELETE SET NULL;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Staff_AuthorId",
                table: "Staff",
                column: "AuthorId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Staff_Authors_AuthorId",
                table: "Staff");

            migrationBuilder.DropIndex(
                name: "IX_Staff_AuthorId",
                table: "Staff");

            migrationBuilder.DropColumn(
                name: "AuthorId",
                table: "Staff");
        }
    }
}
