using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Media;
using NewsHub.Core.Rates;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Transfer;

/// <summary>
/// Reads a content folder into the store, file by file, each in a transaction of its own. What was read before and has not changed is left
/// alone, so it may be run again, also after it was killed. A bad file is named with its lines, and the others go on.
/// </summary>
public sealed class Importer(NewsDb db, Darkroom darkroom, TimeProvider clock)
{
    private const int MaxFileBytes = 2 * 1024 * 1024;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly HashSet<int> _numbers = [];
    private ImportResult _result = new();
    private string _folder = "";
    private bool _dryRun;
    private Vocabulary? _words;

    /// <param name="dryRun">Everything is read and checked, nothing is kept.</param>
    /// <param name="progress">Told after each file.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public async Task<ImportResult> RunAsync(string folder, bool dryRun = false, IProgress<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        (_folder, _dryRun, _words, _result) = (Path.GetFullPath(folder), dryRun, null, new ImportResult());
        _numbers.Clear();
        if (!Directory.Exists(_folder)) throw new DirectoryNotFoundException($"There is no folder {_folder}.");
        // A dry run is a real one inside a transaction that is given up.
        await using var rehearsal = dryRun ? await db.Database.BeginTransactionAsync(cancel) : null;

        var steps = Steps().ToList();
        if (steps.Count == 0) throw new DirectoryNotFoundException($"{_folder} is no content folder: it holds none of site.json, sections.json, stories/, editions/.");
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
        if (!dryRun && _result.Problems.Count == 0) await db.Sites.ExecuteUpdateAsync(s => s.SetProperty(x => x.ImportedAt, clock.GetUtcNow()), cancel);
        return _result;
    }

    private IEnumerable<(string File, Func<string, string, CancellationToken, Task<Outcome>> Read)> Steps()
    {
        foreach (var (file, read) in new (string, Func<string, string, CancellationToken, Task<Outcome>>)[]
        {
            ("site.json", SiteAsync), ("sections.json", SectionsAsync), ("authors.json", AuthorsAsync), ("media/pictures.json", PicturesAsync), ("rates.json", RatesAsync),
        })
        {
            if (File.Exists(Path.Combine(_folder, file))) yield return (file, read);
        }
        foreach (var file in Files("pages", "*.md")) yield return (file, PageAsync);
        foreach (var file in Files("stories", "*.md")) yield return (file, StoryAsync);
        foreach (var file in Files("editions", "*.json")) yield return (file, EditionAsync);
    }

    private IEnumerable<string> Files(string folder, string pattern)
    {
        var path = Path.Combine(_folder, folder);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, pattern).Select(f => $"{folder}/{Path.GetFileName(f)}").Order(StringComparer.Ordinal) : [];
    }

    private async Task OneAsync(string file, Func<string, string, CancellationToken, Task<Outcome>> read, CancellationToken cancel)
    {
        var own = _dryRun ? null : await db.Database.BeginTransactionAsync(cancel);
        if (_dryRun) await db.Database.CurrentTransaction!.CreateSavepointAsync("file", cancel);
        try
        {
            var outcome = await read(file, await TextAsync(file, cancel), cancel);
            if (own is not null) await own.CommitAsync(cancel);
            _words?.NewTagsAreKept();
            _result.Count(outcome);
        }
        catch (Exception e) when (e is ContentException or RefusedException)
        {
            if (own is not null) await own.RollbackAsync(cancel);
            else await db.Database.CurrentTransaction!.RollbackToSavepointAsync("file", cancel);
            _words?.ForgetNewTags();
            _result.Add(e is ContentException c ? c.Problems : [new FileProblem(file, 1, null, e.Message)]);
        }
        finally
        {
            if (own is not null) await own.DisposeAsync();
            db.ChangeTracker.Clear();
        }
    }

    private async Task<string> TextAsync(string file, CancellationToken cancel)
    {
        var path = Path.Combine(_folder, file);
        try
        {
            if (new FileInfo(path).Length > MaxFileBytes) throw new ContentException([new FileProblem(file, 1, null, $"The file is larger than {MaxFileBytes / 1024} KB.")]);
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

    private async Task<Outcome> SiteAsync(string file, string text, CancellationToken cancel)
    {
        var fields = Fields.Read(file, text);
        var site = await db.Sites.SingleOrDefaultAsync(cancel);
        if (site is null) db.Sites.Add(site = new Site());
        (site.Name, site.Subtitle) = (fields.Required("name", 80), fields.Text("subtitle", 120) ?? "");
        (site.Motto, site.Description) = (fields.Text("motto", 120) ?? Site.UsualMotto, fields.Text("description", 300) ?? "");
        (site.Language, site.TimeZone) = (fields.Language(), fields.Text("timeZone", 60) ?? "UTC");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(site.TimeZone, out _)) fields.Wrong("timeZone", $"'{site.TimeZone}' is not a time zone such as Africa/Lagos.");
        if (fields.Inner("currency") is { } money)
        {
            (site.CurrencyBase, site.CurrencyQuotes) = (money.Required("base"), money.Texts("quotes"));
            foreach (var code in site.CurrencyQuotes.Append(site.CurrencyBase).Where(c => !Currency.IsCode(c))) money.Wrong("quotes", $"'{code}' is not a currency code such as EUR.");
            money.CheckUnknown();
        }
        site.Reactions = [.. fields.Entries("reactions").Select(r => new ReactionKind(r.Required("key", 30), r.Required("label", 40)))];
        fields.CheckUnknown();
        fields.Done();
        return await KeepAsync(Act.ChangeSite, Topic.Masthead, file, cancel);
    }

    private async Task<Outcome> SectionsAsync(string file, string text, CancellationToken cancel)
    {
        var known = await db.Sections.ToDictionaryAsync(s => s.Slug, cancel);
        var position = 0;
        var entries = Fields.ReadList(file, text);
        foreach (var entry in entries)
        {
            var slug = entry.RequiredValue("slug", Fields.Slug, "a slug");
            var (name, description) = (entry.Required("name", 80), entry.Text("description", 300));
            if (Slug.Reserved.Contains(slug.Value ?? "")) entry.Wrong("slug", $"'{slug}' is one of the paper's own addresses.");
            entry.CheckUnknown();
            if (entry.Failed) continue;
            if (known.TryGetValue(slug, out var section)) section.Describe(name, description, position++);
            else db.Sections.Add(known[slug] = new Section(slug, name, description, position++));
        }
        Fields.Done(entries);
        _words = null;
        return await KeepAsync(Act.ChangeSite, Topic.Masthead, file, cancel);
    }

    private async Task<Outcome> AuthorsAsync(string file, string text, CancellationToken cancel)
    {
        var known = await db.Authors.ToDictionaryAsync(a => a.Slug, cancel);
        var entries = Fields.ReadList(file, text);
        foreach (var entry in entries)
        {
            var slug = entry.RequiredValue("slug", Fields.Slug, "a slug");
            var (name, title, bio) = (entry.Required("name", 120), entry.Text("title", 120), entry.Text("bio", 1000));
            entry.CheckUnknown();
            if (entry.Failed) continue;
            if (known.TryGetValue(slug, out var author)) author.Describe(name, title, bio);
            else db.Authors.Add(known[slug] = new Author(slug, name, title, bio));
        }
        Fields.Done(entries);
        _words = null;
        return await KeepAsync(Act.ChangeSite, Topic.Masthead, file, cancel);
    }

    private async Task<Outcome> PicturesAsync(string file, string text, CancellationToken cancel)
    {
        var known = await db.Pictures.ToDictionaryAsync(p => p.File, cancel);
        var before = known.ToDictionary(p => p.Key, p => p.Value.Use());
        var entries = Fields.ReadList(file, text);
        foreach (var entry in entries)
        {
            var name = entry.Required("file", 120);
            var (alt, credit) = (entry.Required("alt"), entry.Required("credit", 200));
            var focus = entry.Texts("focus").Select(Fields.Decimal).ToList();
            if (focus.Count is not (0 or 2) || focus.Exists(f => !f.Item1 || f.Item2 > 1)) entry.Wrong("focus", "is two numbers from 0 to 1.");
            var (caption, licence, source) = (entry.Text("caption"), entry.Text("licence", 80), entry.Text("source", 300));
            entry.CheckUnknown();
            var path = Path.Combine(_folder, "media", Path.GetFileName(name));
            if (Path.GetFileName(name) != name) entry.Wrong("file", $"'{name}' is not the name of a file in media/.");
            else if (name.Length > 0 && !File.Exists(path)) entry.Wrong("file", $"There is no file media/{name}.");
            if (entry.Failed) continue;
            if (!known.TryGetValue(name, out var picture)) db.Pictures.Add(picture = known[name] = new Picture(name));
            picture.Describe(alt, caption, credit, licence, source, focus.Count == 2 ? (double)focus[0].Item2 : 0.5, focus.Count == 2 ? (double)focus[1].Item2 : 0.5);
            try
            {
                await darkroom.HoldAsync(picture, await File.ReadAllBytesAsync(path, cancel), keep: !_dryRun, cancel);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                entry.Wrong("file", $"{name} cannot be read: {e.Message}");
            }
            catch (InvalidPictureException e)
            {
                entry.Wrong("file", $"{name} {e.Message}.");
            }
        }
        Fields.Done(entries);
        foreach (var (name, use) in before.Where(b => b.Value.Key.Length > 0 && known[b.Key].Use() != b.Value))
            await Reprint.OfAsync(db, use, known[name], f => known.GetValueOrDefault(f)?.Use(), cancel);
        _words = null;
        return await KeepAsync(Act.ChangeSite, Topic.Masthead, file, cancel);
    }

    private async Task<Outcome> RatesAsync(string file, string text, CancellationToken cancel)
    {
        var fields = Fields.Read(file, text);
        var (source, @base) = (fields.Required("source", 80), fields.Required("base", 3));
        if (!Currency.IsCode(@base)) fields.Wrong("base", $"'{@base}' is not a currency code such as USD.");
        var known = await db.Rates.Where(r => r.Source == source && r.Base == @base).ToDictionaryAsync(r => (r.Date, r.Quote), cancel);
        foreach (var day in fields.Entries("days"))
        {
            var date = day.RequiredValue("date", Fields.Date, "a day such as 2025-07-01");
            if (day.Inner("rates") is not { } rates) continue;
            foreach (var quote in rates.Names.ToList())
            {
                if (rates.Value(quote, Fields.Decimal, "a number greater than 0") is not { } value)
                {
                    if (rates.Text(quote) is null) rates.Wrong(quote, "is missing.");
                }
                else if (!Currency.IsCode(quote)) rates.Wrong(quote, "is not a currency code such as EUR.");
                else if (value <= 0) rates.Wrong(quote, "is not greater than 0.");
                else if (known.TryGetValue((date, quote), out var rate)) rate.Revise(value);
                else db.Rates.Add(known[(date, quote)] = new Rate(source, date, @base, quote, value));
            }
            day.CheckUnknown();
        }
        fields.CheckUnknown();
        fields.Done();
        return await KeepAsync(Act.ChangeRates, Topic.Masthead, file, cancel);
    }

    private async Task<Outcome> PageAsync(string file, string text, CancellationToken cancel)
    {
        if (!Slug.TryParse(Path.GetFileNameWithoutExtension(file), out var slug)) throw new ContentException([new FileProblem(file, 1, null, "The file's name is not a slug.")]);
        if (file is not ("pages/about.md" or "pages/colophon.md")) throw new ContentException([new FileProblem(file, 1, null, "Only about.md and colophon.md are pages of the paper.")]);
        var (title, description, body, rendered) = StoryFile.ReadPage(file, text, await WordsAsync(cancel));
        var page = await db.StaticPages.FirstOrDefaultAsync(p => p.Slug == slug, cancel);
        if (page is null) db.StaticPages.Add(page = new StaticPage(slug));
        page.Write(title, description, body, rendered);
        return await KeepAsync(Act.ChangeSite, Topic.Masthead, file, cancel);
    }

    private async Task<Outcome> StoryAsync(string file, string text, CancellationToken cancel)
    {
        var stem = Path.GetFileNameWithoutExtension(file);
        var hash = Hash(text);
        var seen = await db.Stories.Where(s => s.SourceKey == stem).Select(s => new { s.SourceHash }).FirstOrDefaultAsync(cancel);
        if (seen?.SourceHash == hash) return Outcome.Unchanged;

        var words = await WordsAsync(cancel);
        var read = StoryFile.Read(file, stem, text, words, clock.GetUtcNow());
        var copy = await words.KeepNewTagsAsync(db, read.Text, cancel);
        var section = words.Sections.Values.Single(s => s.Id == copy.Section);
        if (seen is null) await AddAsync(read, copy, section, stem, hash, cancel);
        else await ChangeAsync(read, copy, section, stem, hash, cancel);
        await db.SaveChangesAsync(cancel);
        return seen is null ? Outcome.New : Outcome.Changed;
    }

    private async Task AddAsync(StoryFile read, StoryText copy, Section section, string stem, string hash, CancellationToken cancel)
    {
        var story = new Story(copy, read.Body, Actor.Importer, read.Published);
        story.Publish(story.Revisions[0], section, await db.FreeSlugAsync(section, read.Published, read.Slug, cancel: cancel), Actor.Importer, read.Published);
        foreach (var (at, note) in read.Corrections) story.NoteCorrection(note, Actor.Importer, at);
        if (read.Updated is { } updated && updated > (story.UpdatedAt ?? read.Published)) story.Publish(story.Revisions[0], section, read.Slug, Actor.Importer, updated);
        Finish(story, read, stem, hash);
        db.Stories.Add(story);
    }

    private async Task ChangeAsync(StoryFile read, StoryText copy, Section section, string stem, string hash, CancellationToken cancel)
    {
        var story = await db.Stories.Include(s => s.Revisions).Include(s => s.Listings).Include(s => s.Corrections).Include(s => s.FormerAddresses)
            .AsSplitQuery().SingleAsync(s => s.SourceKey == stem, cancel);
        // A text is changed while it is live: a withdrawn story that stays so is out for no reader, for this is one transaction.
        if (story.State is StoryState.Withdrawn) story.Restore(Actor.Importer, clock.GetUtcNow());
        var now = read.Updated > story.UpdatedAt || story.UpdatedAt is null && read.Updated is not null ? read.Updated.Value : clock.GetUtcNow();
        var revision = story.Save(copy, read.Body, Actor.Importer, now);
        story.Publish(revision, section, read.Slug, Actor.Importer, now);
        story.Readdress(section, await db.FreeSlugAsync(section, story.FirstPublishedAt!.Value, read.Slug, story.Id, cancel), Actor.Importer, now);
        foreach (var (at, note) in read.Corrections.Where(c => !story.Corrections.Any(old => old.At == c.At && old.Note == c.Note)))
            story.NoteCorrection(note, Actor.Importer, at);
        Finish(story, read, stem, hash);
    }

    private static void Finish(Story story, StoryFile read, string stem, string hash)
    {
        foreach (var path in read.Formerly) story.WasAt(path);
        if (read.Withdrawn is { } at && story.State is StoryState.Live) story.Withdraw(read.Notice!, "as imported", Actor.Importer, at);
        story.CameFrom(stem, hash);
    }

    private async Task<Outcome> EditionAsync(string file, string text, CancellationToken cancel)
    {
        var hash = Hash(text);
        var fields = Fields.Read(file, text);
        var number = fields.RequiredValue("number", n => Fields.Whole(n) is (true, > 0 and var whole) ? (true, whole) : default, "a whole number from 1");
        if (number > 0 && !_numbers.Add(number)) fields.Wrong("number", $"{number} is the number of another edition in this folder.");
        var (date, title) = (fields.RequiredValue("date", Fields.Date, "a day such as 2025-07-01"), fields.Required("title", 200));
        var published = fields.Value("published", Fields.Instant, "a time such as 2025-07-01T08:10:00Z");
        if (published > clock.GetUtcNow()) fields.Wrong("published", "is in the future: a file holds what was published.");
        var edition = await db.Editions.Include(e => e.Slots).FirstOrDefaultAsync(e => e.Number == number, cancel);
        if (edition?.SourceHash == hash && !fields.Failed) return Outcome.Unchanged;

        var stories = new List<Story>();
        var slots = new List<(Place, StoryId)>();
        foreach (var slot in fields.Entries("slots"))
        {
            var place = slot.RequiredValue("place", Fields.Word<Place>, "one of lead, second, brief, opinion, section");
            var stem = slot.Required("story");
            slot.CheckUnknown();
            if (place is Place.Lead && slot.Text("place") == "lead" && slots.Exists(s => s.Item1 is Place.Lead)) slot.Wrong("place", "A front has exactly one lead.");
            if (stories.Exists(s => s.SourceKey == stem)) slot.Wrong("story", $"'{stem}' stands in another slot.");
            if (await db.Stories.FirstOrDefaultAsync(s => s.SourceKey == stem, cancel) is not { } story) slot.Wrong("story", $"'{stem}' is not among the stories.");
            else if (story.State is StoryState.Live || story.WithdrawnAt > (published ?? edition?.PublishedAt))
            {
                stories.Add(story);
                slots.Add((place, story.Id));
            }
        }
        fields.CheckUnknown();
        fields.Done();
        var isNew = edition is null;
        if (edition is null) db.Editions.Add(edition = new Edition(number, date, title));
        edition.Describe(date, title);
        // A slot's key is its position: the old front goes before the new one takes its places.
        edition.Compose([]);
        await db.SaveChangesAsync(cancel);
        edition.Compose(slots);
        // What left this front is free to stand in Latest, or in another edition.
        foreach (var left in await db.Stories.Where(s => s.EditionId == edition.Id).ToListAsync(cancel))
            if (!stories.Contains(left)) left.JoinEdition(null);
        db.Events.Add(edition.Publish(stories, Actor.Importer, published ?? edition.PublishedAt ?? stories.Max(s => s.FirstPublishedAt) ?? clock.GetUtcNow()));
        edition.CameFrom(hash);
        await db.SaveChangesAsync(cancel);
        return isNew ? Outcome.New : Outcome.Changed;
    }

    private async Task<Outcome> KeepAsync(Act act, string topic, string file, CancellationToken cancel)
    {
        if (!db.ChangeTracker.HasChanges()) return Outcome.Unchanged;
        var isNew = db.ChangeTracker.Entries().All(e => e.State is EntityState.Added);
        db.Events.Add(new StoryEvent(act, Actor.Importer, clock.GetUtcNow(), [topic], file));
        await db.SaveChangesAsync(cancel);
        return isNew ? Outcome.New : Outcome.Changed;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Utf8.GetBytes(text)));
}
