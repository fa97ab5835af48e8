using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Publishing;
using NewsHub.Core.Rates;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Transfer;

/// <summary>Writes what was published as a content folder, one story in memory at a time; importing it elsewhere and exporting again
/// gives the same bytes.</summary>
public sealed class Exporter(NewsDb db, PictureProcessor pictureProcessor)
{
    private static readonly JsonWriterOptions Pretty =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Bytes of a file's name without its ending, with room for <c>.json</c> within the 255 that file systems have.</summary>
    private const int LongestStem = 250;

    private readonly Dictionary<StoryId, string> _stems = [];
    private readonly HashSet<string> _taken = [];
    private string _folder = "";
    private int _written;

    /// <param name="folder">Made if need be. Files of the same names are replaced.</param>
    /// <returns>The number of files written.</returns>
    public async Task<int> RunAsync(string folder, IProgress<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        (_folder, _written) = (Path.GetFullPath(folder), 0);
        await PaperAsync(cancel);
        await PicturesAsync(cancel);
        var stories = db.Stories.AsNoTracking().Where(s => s.FirstPublishedAt != null);
        var total = await stories.CountAsync(cancel);
        var done = 0;
        var sections = await db.Sections.AsNoTracking().ToDictionaryAsync(s => s.Id, cancel);
        for (var last = default(StoryId); ;)
        {
            var next = stories.Where(s => s.Id > last).OrderBy(s => s.Id).Take(100);
            var batch = await next.Include(s => s.Corrections).Include(s => s.FormerAddresses).AsSplitQuery().ToListAsync(cancel);
            if (batch.Count == 0) break;
            var texts = await (
                from s in next
                join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
                select r).ToDictionaryAsync(r => r.StoryId, cancel);
            foreach (var story in batch)
            {
                var stem = story.SourceKey ?? await FreeStemAsync(story, cancel);
                _stems[story.Id] = stem;
                await WriteAsync(
                    $"stories/{stem}.md", StoryFileWriter.Write(story, texts[story.Id], sections[texts[story.Id].Text.Section]), cancel);
                progress?.Report(new ImportProgress(++done, total, stem));
            }
            last = batch[^1].Id;
        }
        await LiveAsync(cancel);
        await EditionsAsync(cancel);
        return _written;
    }

    /// <summary>The entries of live stories, oldest first, those that were deleted left out.</summary>
    private async Task LiveAsync(CancellationToken cancel)
    {
        foreach (var story in await db.LiveEntries.Where(e => e.DeletedAt == null).Select(e => e.StoryId).Distinct().ToListAsync(cancel))
        {
            if (!_stems.TryGetValue(story, out var stem)) continue;
            var entries = await db.EntriesOf(story).AsNoTracking().OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync(cancel);
            await JsonAsync($"live/{stem}.json", json => List(json, null, entries, (j, e) => Entry(j,
                ("at", e.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)),
                ("headline", e.Headline),
                ("by", e.By.Name),
                ("key", e.IsKey ? "true" : null), ("pinned", e.IsPinned ? "true" : null), ("text", e.Text))), cancel);
        }
    }

    /// <summary>Two sections may each have had a story of one name on one day; a file's name must be its own.</summary>
    private async Task<string> FreeStemAsync(Story story, CancellationToken cancel)
    {
        var slug = story.Slug!.Value;
        for (var n = 2; ; n++)
        {
            // The slug stands in the file; its name only has to fit where file systems count bytes.
            var stem = Fitting(
                string.Create(CultureInfo.InvariantCulture, $"{story.FirstPublishedAt!.Value.UtcDateTime:yyyy-MM-dd}-{slug}"), n);
            if (_taken.Add(stem) && !await db.Stories.AnyAsync(s => s.SourceKey == stem, cancel)) return stem;
            slug = story.Slug!.Value.Numbered(n);
        }
    }

    private static string Fitting(string stem, int n)
    {
        if (Encoding.UTF8.GetByteCount(stem) <= LongestStem) return stem;
        var words = new StringBuilder();
        var bytes = 0;
        foreach (var rune in stem.EnumerateRunes().TakeWhile(r => (bytes += r.Utf8SequenceLength) <= LongestStem - 10))
            words.Append(rune.ToString());
        return string.Create(CultureInfo.InvariantCulture, $"{words}-{n - 1}");
    }

    private async Task PaperAsync(CancellationToken cancel)
    {
        var site = await db.Sites.AsNoTracking().SingleOrDefaultAsync(cancel) ?? new Site();
        await JsonAsync("site.json", json =>
        {
            json.WriteStartObject();
            json.WriteString("name", site.Name);
            json.WriteString("subtitle", site.Subtitle);
            json.WriteString("description", site.Description);
            json.WriteString("language", site.Language);
            json.WriteString("timeZone", site.TimeZone);
            json.WriteString("motto", site.Motto);
            if (site.Accent is { } accent) json.WriteString("accent", accent);
            json.WriteStartObject("currency");
            json.WriteString("base", site.CurrencyBase);
            List(json, "quotes", site.CurrencyQuotes, (j, code) => j.WriteStringValue(code));
            List(json, "sources", site.RateSources, (j, key) => j.WriteStringValue(key));
            List(json, "hours", site.RateHours, (j, hour) => j.WriteNumberValue(hour));
            json.WriteEndObject();
            List(json, "reactions", site.Reactions, (j, r) => Entry(j, ("key", r.Key), ("label", r.Label)));
            json.WriteEndObject();
        }, cancel);
        var sections = await db.Sections.AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(cancel);
        await JsonAsync("sections.json", json => List(json, null, sections,
            (j, s) => Entry(j, ("slug", s.Slug.Value), ("name", s.Name), ("description", s.Description))), cancel);
        var authors = await db.Authors.AsNoTracking().OrderBy(a => a.Id).ToListAsync(cancel);
        await JsonAsync("authors.json", json => List(json, null, authors,
            (j, a) => Entry(j, ("slug", a.Slug.Value), ("name", a.Name), ("title", a.Title), ("bio", a.Bio))), cancel);
        var pages = await db.StaticPages.AsNoTracking().OrderBy(p => p.Slug).ToListAsync(cancel);
        foreach (var page in pages) await WriteAsync($"pages/{page.Slug}.md", PageFile.Write(page), cancel);
        await RatesAsync(site, cancel);
    }

    private async Task RatesAsync(Site site, CancellationToken cancel)
    {
        var rates = await db.Rates
            .AsNoTracking()
            .Where(r => r.Base == site.CurrencyBase)
            .OrderBy(r => r.Source)
            .ThenBy(r => r.Date)
            .ThenBy(r => r.Quote)
            .ToListAsync(cancel);
        var sheets = rates.GroupBy(r => r.Source).Where(s => RatePublisher.Named(s.Key).MayBeHandedOn).ToList();
        if (sheets.Count == 0) return;
        await JsonAsync("rates.json", json =>
        {
            if (sheets.Count == 1) Sheet(json, sheets[0]);
            else List(json, null, sheets, Sheet);
        }, cancel);

        void Sheet(Utf8JsonWriter json, IGrouping<string, Rate> sheet)
        {
            json.WriteStartObject();
            json.WriteString("source", sheet.Key);
            json.WriteString("base", site.CurrencyBase);
            List(json, "days", sheet.GroupBy(r => r.Date), (j, day) =>
            {
                j.WriteStartObject();
                j.WriteString("date", day.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                j.WriteStartObject("rates");
                // The division takes off trailing zeros, which the store may have added.
                foreach (var rate in day) j.WriteNumber(rate.Quote, rate.Value / 1.000000000000000000000000000000m);
                j.WriteEndObject();
                j.WriteEndObject();
            });
            json.WriteEndObject();
        }
    }

    private async Task PicturesAsync(CancellationToken cancel)
    {
        var pictures = await db.Pictures.AsNoTracking().Where(p => p.Hash != "").OrderBy(p => p.Id).ToListAsync(cancel);
        foreach (var picture in pictures.ToList())
        {
            if (await pictureProcessor.OriginalAsync(picture) is { } original) await WriteAsync($"media/{picture.File}", original, cancel);
            // The list names no file that is not there.
            else pictures.Remove(picture);
        }
        if (pictures.Count == 0) return;
        await JsonAsync("media/pictures.json", json => List(json, null, pictures, (j, p) =>
        {
            j.WriteStartObject();
            foreach (var (name, value) in new[]
            {
                ("file", p.File), ("alt", p.Alt), ("caption", p.Caption), ("credit", p.Credit), ("licence", p.Licence),
                ("source", p.Source),
            })
                if (!string.IsNullOrEmpty(value)) j.WriteString(name, value);
            j.WriteStartArray("focus");
            j.WriteNumberValue((decimal)p.FocusX);
            j.WriteNumberValue((decimal)p.FocusY);
            j.WriteEndArray();
            if (p.IsCropped)
            {
                j.WriteStartArray("crop");
                foreach (var pixels in new[] { p.Left, p.Top, p.Width, p.Height }) j.WriteNumberValue(pixels);
                j.WriteEndArray();
            }
            j.WriteEndObject();
        }), cancel);
    }

    private async Task EditionsAsync(CancellationToken cancel)
    {
        await foreach (var edition in db.Editions
            .AsNoTracking()
            .Include(e => e.Slots)
            .Where(e => e.PublishedAt != null)
            .OrderBy(e => e.Number)
            .AsAsyncEnumerable()
            .WithCancellation(cancel))
        {
            await JsonAsync(string.Create(CultureInfo.InvariantCulture, $"editions/{edition.Number:000}.json"), json =>
            {
                json.WriteStartObject();
                json.WriteNumber("number", edition.Number);
                json.WriteString("date", edition.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                json.WriteString("title", edition.Title);
                json.WriteString("published", StoryFileWriter.Instant(edition.PublishedAt));
                List(json, "slots", edition.Slots.OrderBy(s => s.Position).Where(s => _stems.ContainsKey(s.StoryId)),
                    (j, s) => Entry(j, ("place", s.Place.ToString().ToLowerInvariant()), ("story", _stems[s.StoryId]),
                        ("headline", s.Headline), ("picture", s.Picture?.File), ("alt", s.Picture?.Alt)));
                json.WriteEndObject();
            }, cancel);
        }
    }

    private static void Entry(Utf8JsonWriter json, params IEnumerable<(string Name, string? Value)> fields)
    {
        json.WriteStartObject();
        foreach (var (name, value) in fields)
            if (value is not null) json.WriteString(name, TypedText.Text(value));
        json.WriteEndObject();
    }

    private static void List<T>(Utf8JsonWriter json, string? name, IEnumerable<T> values, Action<Utf8JsonWriter, T> write)
    {
        if (name is null) json.WriteStartArray();
        else json.WriteStartArray(name);
        foreach (var value in values) write(json, value);
        json.WriteEndArray();
    }

    private async Task JsonAsync(string file, Action<Utf8JsonWriter> write, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await using (var json = new Utf8JsonWriter(bytes, Pretty)) write(json);
        bytes.WriteByte((byte)'\n');
        await WriteAsync(file, bytes.ToArray(), cancel);
    }

    private Task WriteAsync(string file, string text, CancellationToken cancel) =>
        WriteAsync(file, new UTF8Encoding(false).GetBytes(text), cancel);

    private async Task WriteAsync(string file, byte[] bytes, CancellationToken cancel)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Written beside and moved into place: on a full disk there is no half of a file.
        var draft = Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.NewGuid():n}.part");
        try
        {
            await File.WriteAllBytesAsync(draft, bytes, cancel);
            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
        _written++;
    }
}
