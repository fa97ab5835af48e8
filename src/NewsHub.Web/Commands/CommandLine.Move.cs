using System.CommandLine;
using NewsHub.Core.Store;
using NewsHub.Web.Setup;

namespace NewsHub.Web.Commands;

internal static partial class CommandLine
{
    private static Command Move()
    {
        var to = new Option<string>("--to")
        {
            Description = "What has a = in it is a connection string of PostgreSQL, as in Store:Postgres (its password may be in "
                + "PGPASSWORD); all else is the path of a SQLite file, or of a folder for the file news.db in it.",
            Required = true,
        };
        return DoesWhole(new Command("move",
            "Copy the store that the settings name, every row of it, into another that is empty: from SQLite to PostgreSQL or back. "
            + "The paper must not be served meanwhile. Pictures stay where they are, and so does the old store.")
        {
            to,
        }, async (services, parsed, cancel) =>
        {
            var (from, target) = (services.GetRequiredService<IStoreProvider>(), StoreSetup.ProviderFor(parsed.GetValue(to)!));
            var rows = await WithProgressAsync("Moving", p => StoreMove.RunAsync(from, target, p, cancel));
            Console.WriteLine(FormattableString.Invariant($"{rows} rows copied from {from.Name} to {target.Name}."));
            Console.WriteLine(Next(target, services.GetRequiredService<Folders>()));
            return 0;
        });
    }

    private static string Next(IStoreProvider target, Folders folders) =>
        (target is PostgresProvider
            ? "Set Store:Postgres to that connection string (in the environment Store__Postgres), and start the paper."
            : target.Name == new SqliteProvider(folders.Store).Name
                ? "Take Store:Postgres out of the settings, and start the paper."
                : $"Take Store:Postgres out of the settings, put the file in the place of {folders.Store}, and start the paper.")
        + $" Pictures stay in {folders.Data}, the keys come along when the paper is started, and the old store is as it was. The search "
        + "index is made anew while the paper is served.";
}
