using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Pictures;
using NewsHub.Core.Rates;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Transfer;

// What stories stand on: the settings, sections, authors, pictures, rates and the pages about the paper.
public sealed partial class Importer
{
    private async Task<Outcome> SiteAsync(string file, string text, CancellationToken cancel)
    {
        var fields = Fields.Read(file, text);
        var site = await db.Sites.SingleOrDefaultAsync(cancel);
        if (site is null) db.Sites.Add(site = new Site());
        (site.Name, site.Subtitle) = (fields.Required("name", TextLimits.SiteName), fields.Text("subtitle", TextLimits.SiteLine) ?? "");
        (site.Motto, site.Description) = (
            fields.Text("motto", TextLimits.SiteLine) ?? Site.UsualMotto, fields.Text("description", TextLimits.SiteDescription) ?? "");
        (site.Language, site.TimeZone) = (fields.Language(), fields.Text("timeZone", 60) ?? "UTC");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(site.TimeZone, out _))
            fields.Wrong("timeZone", $"'{site.TimeZone}' is not a time zone such as Africa/Lagos.");
        if (fields.Inner("currency") is { } money)
        {
            (site.CurrencyBase, site.CurrencyQuotes) = (money.Required("base"), money.Texts("quotes"));
            foreach (var code in site.CurrencyQuotes.Append(site.CurrencyBase).Where(c => !Currency.IsKnown(c)))
                money.Wrong("quotes", $"'{code}' is not a currency code such as EUR.");
            if (money.Names.Contains("sources")) site.RateSources = money.Texts("sources");
            foreach (var key in site.RateSources.Where(k => !RatePublisher.IsKey(k)))
                money.Wrong("sources", $"'{key}' is no source of rates.");
            if (money.Names.Contains("hours"))
                site.RateHours = [.. money.Texts("hours").Select(h => Fields.Whole(h) is (true, var hour) ? hour : -1)];
            if (site.RateHours.Any(h => h is < 0 or > 23)) money.Wrong("hours", "is a list of hours from 0 to 23.");
            money.CheckUnknown();
        }
        site.Reactions = [.. fields.Entries("reactions")
            .Select(r => new ReactionKind(r.Required("key", TextLimits.ReactionKey), r.Required("label", TextLimits.ReactionLabel)))];
        if (fields.Text("accent", 7) is { } accent)
        {
            site.Accent = accent == Accent.Usual ? null : accent;
            if (!Accent.IsColour(accent)) fields.Wrong("accent", $"'{accent}' is not a colour such as {Accent.Usual}.");
            else if (Accent.OnLight(accent) < Accent.Enough)
                fields.Wrong("accent", $"'{accent}' is too light to be read; {Accent.ForLight(accent)} is not.");
        }
        fields.CheckUnknown();
        fields.Done();
        return await KeepAsync(Act.ChangeSite, Topic.SiteWide, file, cancel);
    }

    private async Task<Outcome> SectionsAsync(string file, string text, CancellationToken cancel)
    {
        var known = await db.Sections.ToDictionaryAsync(s => s.Slug, cancel);
        var pages = await db.StaticPages.Select(p => p.Slug).ToListAsync(cancel);
        var entries = Fields.ReadList(file, text);
        foreach (var (position, entry) in entries.Index().Where(e => !e.Item.Failed))
        {
            var slug = entry.RequiredValue("slug", Fields.Slug, "a slug");
            var (name, description) = (
                entry.Required("name", TextLimits.SectionName), entry.Text("description", TextLimits.SectionDescription));
            if (slug.IsReserved) entry.Wrong("slug", slug.IsOurs);
            else if (pages.Contains(slug)) entry.Wrong("slug", $"There is already a page at /{slug}.");
            entry.CheckUnknown();
            if (entry.Failed) continue;
            if (known.TryGetValue(slug, out var section)) section.Describe(name, description, position);
            else db.Sections.Add(known[slug] = new Section(slug, name, description, position));
        }
        return await KeepGoodAsync(entries, file, cancel);
    }

    private async Task<Outcome> AuthorsAsync(string file, string text, CancellationToken cancel)
    {
        var known = await db.Authors.ToDictionaryAsync(a => a.Slug, cancel);
        var entries = Fields.ReadList(file, text);
        foreach (var entry in entries.Where(e => !e.Failed))
        {
            var slug = entry.RequiredValue("slug", Fields.Slug, "a slug");
            var (name, title, bio) = (entry.Required("name", TextLimits.AuthorName), entry.Text("title", TextLimits.AuthorTitle),
                entry.Lines("bio", TextLimits.AuthorBio));
            entry.CheckUnknown();
            if (entry.Failed) continue;
            if (known.TryGetValue(slug, out var author)) author.Describe(name, title, bio);
            else db.Authors.Add(known[slug] = new Author(slug, name, title, bio));
        }
        return await KeepGoodAsync(entries, file, cancel);
    }

    private async Task<Outcome> PicturesAsync(string file, string text, CancellationToken cancel)
    {
        var known = await db.Pictures.ToDictionaryAsync(p => p.File, cancel);
        var before = known.ToDictionary(p => p.Key, p => p.Value.Use());
        var entries = Fields.ReadList(file, text);
        foreach (var entry in entries.Where(e => !e.Failed))
        {
            var name = entry.Required("file", TextLimits.PictureFile);
            // The library holds pictures that nobody has described yet; that none of them is printed is seen to where a story goes out.
            var (alt, credit) = (entry.Text("alt", TextLimits.PictureAlt) ?? "", entry.Text("credit", TextLimits.PictureCredit) ?? "");
            var focus = entry.Texts("focus").Select(Fields.Decimal).ToList();
            if (focus.Count is not (0 or 2) || focus.Exists(f => !f.Item1 || f.Item2 > 1))
                entry.Wrong("focus", "is two numbers from 0 to 1.");
            var crop = CropOf(entry);
            var (caption, licence, source) = (entry.Text("caption", TextLimits.PictureCaption),
                entry.Text("licence", TextLimits.PictureLicence), entry.Text("source", TextLimits.PictureSource));
            entry.CheckUnknown();
            if (Path.GetFileName(name) != name) entry.Wrong("file", $"'{name}' is not the name of a file in media/.");
            else if (name.Length > 0 && PictureFile(name) is null) entry.Wrong("file", $"There is no file media/{name}.");
            if (entry.Failed) continue;
            var isNew = !known.TryGetValue(name, out var picture);
            picture ??= new Picture(name);
            if (picture.IsReady && (alt.Length == 0 || credit.Length == 0))
            {
                entry.Wrong("file", $"{name} has been fit to print; it cannot go back to having no alt text or no credit.");
                continue;
            }
            var remember = pictureProcessor.Remember(picture);
            var (taken, wrong) = _taken.GetValueOrDefault(name);
            if (taken is null)
            {
                entry.Wrong("file", wrong ?? $"There is no file media/{name}.");
                continue;
            }
            if ((picture.Hash, picture.IsAnimated) != (taken.Hash, taken.IsAnimated))
                picture.Hold(taken.Hash, taken.ContentType, taken.OriginalWidth, taken.OriginalHeight, taken.IsAnimated);
            var area = crop ?? picture.Whole;
            if (!area.IsWithin(picture.OriginalWidth, picture.OriginalHeight))
            {
                entry.Wrong("crop", string.Create(CultureInfo.InvariantCulture,
                    $"lies outside {name}, which is {picture.OriginalWidth} × {picture.OriginalHeight} pixels, or is too small."));
                continue;
            }
            var said = new PictureDescription(alt, caption, credit, licence, source, Area: area);
            picture.Describe(focus.Count == 2 ? said with { FocusX = (double)focus[0].Item2, FocusY = (double)focus[1].Item2 } : said);
            if (!_dryRun) await remember();
            if (isNew) db.Pictures.Add(known[name] = picture);
        }
        foreach (var (name, use) in before.Where(b => b.Value.Key.Length > 0 && known[b.Key].Use() != b.Value))
            await PictureUpdates.OfAsync(db, use, known[name], f => known.GetValueOrDefault(f)?.Use(), cancel);
        return await KeepGoodAsync(entries, file, cancel);
    }

    /// <summary>Looks at the pictures of a list and keeps their originals, before its transaction begins.</summary>
    private async Task TakePicturesInAsync(string file, string text, CancellationToken cancel)
    {
        _taken.Clear();
        var known = await db.Pictures.AsNoTracking().ToDictionaryAsync(p => p.File, cancel);
        var animate = await db.PrintsAnimationsAsync(cancel);
        foreach (var entry in Fields.ReadList(file, text).Where(e => !e.Failed))
        {
            if (entry.Text("file", TextLimits.PictureFile) is not { } name || PictureFile(name) is not { } path) continue;
            var picture = known.GetValueOrDefault(name) ?? new Picture(name);
            try
            {
                await pictureProcessor.TakeInAsync(picture, await File.ReadAllBytesAsync(path, cancel), keep: !_dryRun, animate, cancel);
                _taken[name] = (picture, null);
            }
            catch (Exception e)
                when (e is (IOException or UnauthorizedAccessException) and not MediaStoreException
                    && StorageFailure.Of(e) is not { Cause: StorageCause.DiskFull })
            {
                _taken[name] = (null, $"{name} cannot be read: {e.Message}");
            }
            catch (InvalidPictureException e)
            {
                _taken[name] = (null, $"{name} {e.Message}.");
            }
        }
    }

    /// <summary>Where the file of a picture is; null where there is none.</summary>
    private string? PictureFile(string name)
    {
        var path = Path.Combine(_folder, "media", Path.GetFileName(name));
        // As some file systems have it, with letters taken apart.
        return File.Exists(path) ? path
            : File.Exists(path.Normalize(System.Text.NormalizationForm.FormD)) ? path.Normalize(System.Text.NormalizationForm.FormD)
            : null;
    }

    /// <summary>The part of an original that an entry names; null where it names none.</summary>
    private static CropArea? CropOf(Fields entry)
    {
        var typed = entry.Texts("crop");
        if (typed.Count == 0) return null;
        var pixels = typed
            .Select(t => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1)
            .ToList();
        if (pixels is [var left, var top, var width, var height] && pixels.TrueForAll(n => n >= 0))
            return new(left, top, width, height);
        entry.Wrong("crop", "is four whole numbers: pixels from the left, from the top, width, height.");
        return null;
    }

    private async Task<Outcome> RatesAsync(string file, string text, CancellationToken cancel)
    {
        foreach (var sheet in FileSource.Read(file, text))
        {
            var known = await db.Rates
                .Where(r => r.Source == sheet.Publisher && r.Base == sheet.Base)
                .ToDictionaryAsync(r => (r.Date, r.Quote), cancel);
            foreach (var (date, quote, figure) in sheet.Figures)
            {
                var value = Fields.Decimal(figure).Item2;
                if (known.TryGetValue((date, quote), out var rate)) rate.Revise(value);
                else db.Rates.Add(known[(date, quote)] = new Rate(sheet.Publisher, date, sheet.Base, quote, value));
            }
        }
        return await KeepAsync(Act.ChangeRates, Topic.SiteWide, file, cancel);
    }

    private async Task<Outcome> PageAsync(string file, string text, CancellationToken cancel)
    {
        if (!Slug.TryParse(Path.GetFileNameWithoutExtension(file), out var slug))
            throw new ContentException([new FileProblem(file, 1, null, "The file's name is not a slug.")]);
        if (await db.Sections.AnyAsync(s => s.Slug == slug, cancel))
            throw new ContentException([new FileProblem(file, 1, null, $"There is already a section at /{slug}.")]);
        var read = PageFile.Read(file, text, await WordsAsync(cancel));
        var page = await db.StaticPages.FirstOrDefaultAsync(p => p.Slug == slug, cancel);
        if (page is null) db.StaticPages.Add(page = new StaticPage(slug));
        page.Write(read.Title, read.Description, read.Body, read.Rendered);
        // What the file does not speak of stays as it was set in the newsroom.
        if (read.Footer is { } footer) page.Place(footer.Position ?? page.Position, outsideFooter: footer.Position is null);
        if (read.Formerly is { } formerly) page.LeadFrom(formerly);
        if (db.ChangeTracker.HasChanges()) page.Changed(Actor.Importer, clock.GetUtcNow());
        return await KeepAsync(Act.ChangePage, Topic.SiteWide, file, cancel);
    }
}
