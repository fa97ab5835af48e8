using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NewsHub.Core.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PictureCrop : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "PrintsAnimations",
                table: "Sites",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsAnimated",
                table: "Pictures",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Left",
                table: "Pictures",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "OriginalHeight",
                table: "Pictures",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "OriginalWidth",
                table: "Pictures",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Top",
                table: "Pictures",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            // Every picture was printed whole until now.
            migrationBuilder.Sql("""UPDATE "Pictures" SET "OriginalWidth" = "Width", "OriginalHeight" = "Height";""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "PrintsAnimations",
                table: "Sites");

            migrationBuilder.DropColumn(
                name: "IsAnimated",
                table: "Pictures");

            migrationBuilder.DropColumn(
                name: "Left",
                table: "Pictures");

            migrationBuilder.DropColumn(
                name: "OriginalHeight",
                table: "Pictures");

            migrationBuilder.DropColumn(
                name: "OriginalWidth",
                table: "Pictures");

            migrationBuilder.DropColumn(
                name: "Top",
                table: "Pictures");
        }
    }
}
