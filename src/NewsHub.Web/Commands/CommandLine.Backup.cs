using System.CommandLine;
using NewsHub.Core.Store;

namespace NewsHub.Web.Commands;

internal static partial class CommandLine
{
    private static Command BackUp()
    {
        var path = new Argument<string>("path") { Description = "The zip file to write, or a folder: then it is named by the time." };
        return DoesWhole(new Command("backup",
            "Write store, original pictures and keys into one file, also while the paper is served. Guard it: the keys are in it.")
        {
            path,
        }, async (services, parsed, cancel) =>
        {
            var (file, manifest) = await WithProgressAsync(
                "Backing up", p => services.GetRequiredService<Backup>().WriteAsync(parsed.GetValue(path)!, p, cancel));
            Console.WriteLine($"{Contents(manifest)} backed up to {file}.");
            return 0;
        });
    }

    private static Command Restore()
    {
        var path = new Argument<string>("path") { Description = "The zip file that backup wrote." };
        var force =
            new Option<bool>("--force") { Description = "Replace the store that is there. What it has and the backup has not is lost." };
        return DoesWhole(
            new Command("restore", "Put a backup back into the data folder. The paper must not be served meanwhile.") { path, force },
            async (services, parsed, cancel) =>
            {
                var manifest = await WithProgressAsync("Restoring",
                    p => services.GetRequiredService<Backup>().RestoreAsync(parsed.GetValue(path)!, parsed.GetValue(force), p, cancel));
                Console.WriteLine(FormattableString.Invariant(
                    $"{Contents(manifest)} restored, as they were on {manifest.Made.UtcDateTime:d MMMM yyyy 'at' HH:mm:ss} UTC."));
                return 0;
            });
    }

    /// <summary>A command that handles the store as a file, and does its work whole or not at all.</summary>
    private static Command DoesWhole(Command command, Func<IServiceProvider, ParseResult, CancellationToken, Task<int>> act) =>
        Does(command, async (services, parsed, cancel) =>
        {
            try
            {
                return await act(services, parsed, cancel);
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync("Stopped. Nothing was changed.");
                return 1;
            }
        }, opens: false);

    private static string Contents(BackupManifest manifest)
    {
        var (stories, pictures) = (manifest.Rows.GetValueOrDefault("Stories"), manifest.Rows.GetValueOrDefault("Pictures"));
        var megabytes = manifest.Files.Sum(f => f.Bytes) / 1e6;
        return FormattableString.Invariant($"{stories} stories and {pictures} pictures, {megabytes:0.0} MB,");
    }
}
