using System.CommandLine;
using NewsHub.Core.Media;
using NewsHub.Core.Store;
using NewsHub.Web.Options;
using NewsHub.Web.Setup;

namespace NewsHub.Web.Commands;

internal static partial class CommandLine
{
    private static Command Media() => new("media", "Pictures.") { MediaCopy() };

    private static Command MediaCopy()
    {
        var to = new Option<string>("--to") { Description = "s3: from the data folder to the object store; folder: back.", Required = true };
        to.AcceptOnlyFromAmong("s3", "folder");
        var command = new Command("copy", "Copy the original pictures from the data folder to the object store of the settings, or back. "
            + "What is there is left alone; may be cut short and run again, also while the paper is served.") { to };
        return Does(command, async (services, parsed, cancel) =>
        {
            if (services.GetRequiredService<S3Options>().Connection is not { } connection)
                throw new StoreException("There is no object store in the settings: see Media:S3:Endpoint in src/SETTINGS.md.");
            using var objects = new S3MediaStore(connection);
            var folder = new FolderMediaStore(services.GetRequiredService<Folders>().Media);
            var there = parsed.GetValue(to) is "s3";
            var result = await WithProgressAsync("Copying",
                p => Core.Media.MediaCopy.RunAsync(there ? folder : objects, there ? objects : folder, p, cancel));
            foreach (var path in result.Damaged)
                await Console.Error.WriteLineAsync($"{path} is damaged and was not copied: its bytes are not those of its name.");
            Console.WriteLine(FormattableString.Invariant($"{result.Copied} files copied, {result.Kept} left as they were."));
            return result.Damaged.Count == 0 ? 0 : 1;
        }, opens: false);
    }
}
