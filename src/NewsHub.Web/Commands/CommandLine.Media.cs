using System.CommandLine;
using NewsHub.Core.Media;
using NewsHub.Core.Store;

namespace NewsHub.Web.Commands;

internal static partial class CommandLine
{
    private static Command Media() => new("media", "Pictures.") { CopyMedia() };

    private static Command CopyMedia()
    {
        var to = new Option<string>("--to")
        {
            Description = "s3: from the data folder to the object store; folder: back.",
            Required = true,
        };
        to.AcceptOnlyFromAmong("s3", "folder");
        var command = new Command("copy",
            "Copy the original pictures from the data folder to the object store of the settings, or back. What is there already is left "
            + "alone; it may be cut short and run again, also while the paper is served.") { to };
        return Does(command, async (services, parsed, cancel) =>
        {
            var objects = services.GetService<S3MediaStore>()
                ?? throw new StoreException("There is no object store in the settings: see Media:S3:Endpoint in src/SETTINGS.md.");
            var folder = services.GetRequiredService<FolderMediaStore>();
            var result = await WithProgressAsync("Copying", p => parsed.GetValue(to) is "s3"
                ? MediaCopy.RunAsync(folder, objects, p, cancel)
                : MediaCopy.RunAsync(objects, folder, p, cancel));
            foreach (var path in result.Damaged)
                await Console.Error.WriteLineAsync($"{path} is damaged and was not copied: its bytes are not those of its name.");
            Console.WriteLine(FormattableString.Invariant($"{result.Copied} files copied, {result.Kept} left as they were."));
            return result.Damaged.Count == 0 ? 0 : 1;
        }, opens: false);
    }
}
