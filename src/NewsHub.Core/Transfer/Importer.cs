using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Core.Transfer;

/// <summary>
/// Reads a content folder into the store, file by file, each in a transaction of its own. What was read before and has not changed is left
/// alone, so it may be run again, also after it was killed. A bad file is named with its lines, and the others go on;
/// of a list of sections, authors or pictures the good entries are taken in.
/// </summary>
public sealed partial class Importer(NewsDb db, PictureProcessor pictureProcessor, TimeProvider clock)
{
    private const int MaxFileBytes = 2 * 1024 * 1024;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly HashSet<int> _numbers = [];

    /// <summary>The pictures of the list that is being read, by the names of their files: as they were taken in, or what is wrong.</summary>
    private readonly Dictionary<string, (Picture? Picture, string? Wrong)> _taken = new(StringComparer.Ordinal);
    private ImportResult _result = new();
    private string _folder = "";
    private bool _dryRun;
    private Vocabulary? _words;

    /// <param name="dryRun">Everything is read and checked, nothing is kept.</param>
    /// <param name="progress">Told after each file.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public async Task<ImportResult> RunAsync(
        string folder, bool dryRun = false, IProgress<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        (_folder, _dryRun, _words, _result) = (Path.GetFullPath(folder), dryRun, null, new ImportResult());
        _numbers.Clear();
        if (!Directory.Exists(_folder)) throw new DirectoryNotFoundException($"There is no folder {_folder}.");
        // A dry run is a real one inside a transaction that is given up.
        await using var rehearsal = dryRun ? await db.Database.BeginTransactionAsync(cancel) : null;

        var steps = Steps().ToList();
        if (steps.Count == 0)
            throw new DirectoryNotFoundException(
                $"{_folder} is no content folder: it holds none of site.json, sections.json, stories/, editions/.");
        for (var i = 0; i < steps.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            await OneAsync(steps[i].File, steps[i].Read, cancel);
            progress?.Report(new ImportProgress(i + 1, steps.Count, steps[i].File));
        }
        if (!dryRun && !await db.Sites.AnyAsync(cancel))
        {
            db.Sites.Add(new Site());
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }
        if (!dryRun && _result.Problems.Count == 0)
            await db.Sites.ExecuteUpdateAsync(s => s.SetProperty(x => x.ImportedAt, clock.GetUtcNow()), cancel);
        return _result;
    }

    private IEnumerable<(string File, Func<string, string, CancellationToken, Task<Outcome>> Read)> Steps()
    {
        foreach (var (file, read) in new (string, Func<string, string, CancellationToken, Task<Outcome>>)[]
        {
            ("site.json", SiteAsync), ("sections.json", SectionsAsync), ("authors.json", AuthorsAsync),
            ("media/pictures.json", PicturesAsync), ("rates.json", RatesAsync),
        })
        {
            if (File.Exists(Path.Combine(_folder, file))) yield return (file, read);
        }
        foreach (var file in Files("pages", "*.md")) yield return (file, PageAsync);
        foreach (var file in Files("stories", "*.md")) yield return (file, StoryAsync);
        foreach (var file in Files("live", "*.json")) yield return (file, LiveAsync);
        foreach (var file in Files("editions", "*.json")) yield return (file, EditionAsync);
    }

    private IEnumerable<string> Files(string folder, string pattern)
    {
        var path = Path.Combine(_folder, folder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, pattern).Select(f => $"{folder}/{Path.GetFileName(f)}").Order(StringComparer.Ordinal)
            : [];
    }

    private async Task OneAsync(string file, Func<string, string, CancellationToken, Task<Outcome>> read, CancellationToken cancel)
    {
        IDbContextTransaction? own = null;
        if (_dryRun) await db.Database.CurrentTransaction!.CreateSavepointAsync("file", cancel);
        try
        {
            var text = await TextAsync(file, cancel);
            if (read == PicturesAsync) await TakePicturesInAsync(file, text, cancel);
            if (!_dryRun)
            {
                await RenderAheadAsync(file, text, cancel);
                own = await db.Database.BeginTransactionAsync(cancel);
            }
            var outcome = await read(file, text, cancel);
            if (own is not null) await own.CommitAsync(cancel);
            _words?.NewTagsAreKept();
            _result.Count(outcome);
        }
        // Whatever throws is this file's problem, not the end of the others: only who stopped the import, and a store
        // that cannot be worked on, end it.
        catch (Exception e) when ((e is not OperationCanceledException || !cancel.IsCancellationRequested) && !IsOfTheStore(e))
        {
            if (own is not null) await own.RollbackAsync(CancellationToken.None);
            else if (_dryRun) await db.Database.CurrentTransaction!.RollbackToSavepointAsync("file", CancellationToken.None);
            _words?.ForgetNewTags();
            // What was read of the store within the transaction may be gone with it.
            _words = e is ContentException or RefusedException ? _words : null;
            _result.Add(e switch
            {
                ContentException content => content.Problems,
                RefusedException => [new FileProblem(file, 1, null, e.Message)],
                _ => [new FileProblem(file, 1, null,
                    $"It was not taken in, by a fault of the program or the store: {e.GetType().Name}: {(e.InnerException ?? e).Message}")],
            });
        }
        finally
        {
            if (own is not null) await own.DisposeAsync();
            db.ChangeTracker.Clear();
        }
    }

    private static bool IsOfTheStore(Exception e) =>
        (e is DbException or MediaStoreException || e.InnerException is DbException) && StorageFailure.Of(e) is not null;

    /// <summary>Renders what is new in a file before its transaction begins: whoever serves the paper from this store
    /// does not wait for it.</summary>
    /// <exception cref="ContentException">The file is wrong anyhow.</exception>
    private async Task RenderAheadAsync(string file, string text, CancellationToken cancel)
    {
        var stem = Path.GetFileNameWithoutExtension(file);
        switch (file.Split('/')[0])
        {
            case "stories":
                var hash = Hash(text);
                if (!await db.Stories.AnyAsync(s => s.SourceKey == stem && s.SourceHash == hash, cancel))
                    _ = StoryFile.Read(file, stem, text, await WordsAsync(cancel), clock.GetUtcNow());
                break;
            case "pages":
                _ = PageFile.Read(file, text, await WordsAsync(cancel));
                break;
            case "live":
                var words = await WordsAsync(cancel);
                foreach (var entry in Fields.ReadList(file, text).Where(e => !e.Failed))
                    _ = RenderedBodies.Render(
                        entry.RequiredLines("text", HouseMarkdown.MaxBytes), f => words.Pictures.GetValueOrDefault(f));
                break;
        }
    }

    private async Task<string> TextAsync(string file, CancellationToken cancel)
    {
        var path = Path.Combine(_folder, file);
        try
        {
            if (new FileInfo(path).Length > MaxFileBytes)
                throw new ContentException([new FileProblem(file, 1, null, $"The file is larger than {MaxFileBytes / 1024} KB.")]);
            return Utf8.GetString(await File.ReadAllBytesAsync(path, cancel));
        }
        catch (DecoderFallbackException)
        {
            throw new ContentException([new FileProblem(file, 1, null, "The file is not UTF-8.")]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContentException([new FileProblem(file, 1, null, $"The file cannot be read: {e.Message}")]);
        }
    }

    private async Task<Vocabulary> WordsAsync(CancellationToken cancel) => _words ??= await Vocabulary.ReadAsync(db, cancel);

    private async Task<Outcome> KeepAsync(Act act, Topic topic, string file, CancellationToken cancel)
    {
        if (!db.ChangeTracker.HasChanges()) return Outcome.Unchanged;
        var isNew = db.ChangeTracker.Entries().All(e => e.State is EntityState.Added);
        db.Events.Add(new NewsEvent(act, Actor.Importer, clock.GetUtcNow(), [topic], file));
        await db.SaveChangesAsync(cancel);
        return isNew ? Outcome.New : Outcome.Changed;
    }

    /// <summary>Keeps what a list's good entries changed, and tells what was wrong with the others.</summary>
    private async Task<Outcome> KeepGoodAsync(IReadOnlyList<Fields> entries, string file, CancellationToken cancel)
    {
        _words = null;
        var kept = await KeepAsync(Act.ChangeSite, Topic.SiteWide, file, cancel);
        if (!entries.Any(e => e.Failed)) return kept;
        _result.Add(entries.SelectMany(e => e.Problems));
        return Outcome.InPart;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Utf8.GetBytes(text)));
}
