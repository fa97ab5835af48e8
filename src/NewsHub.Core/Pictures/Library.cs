using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Pictures;

/// <summary>The picture library: taking in, describing and replacing pictures, and where each is printed. Each saves, and leaves its
/// line in the audit log.</summary>
public static partial class Library
{
    /// <summary>Beyond this many stories, all pages are made anew rather than each one named.</summary>
    private const int MostNamed = 200;

    /// <summary>As the store writes its JSON.</summary>
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Takes a new picture in, under a name made of its file's, with what the file says about it filled in.</summary>
    /// <exception cref="InvalidPictureException">It is no picture that the paper prints; the message says why.</exception>
    /// <param name="remarks">Gets what whoever brought it should know, in sentences.</param>
    public static async Task<Picture> TakeInAsync(
        this NewsDb db, PictureProcessor pictureProcessor, string fileName, byte[] bytes, Actor by, DateTimeOffset now,
        ICollection<string>? remarks = null, CancellationToken cancel = default)
    {
        var held = new Picture("");
        var animate = await db.PrintsAnimationsAsync(cancel);
        foreach (var remark in await pictureProcessor.TakeInAsync(held, bytes, animate: animate, cancel: cancel)) remarks?.Add(remark);
        if (await db.Pictures
            .AsNoTracking()
            .Where(p => p.Hash == held.Hash)
            .OrderBy(p => p.Id)
            .Select(p => p.File)
            .FirstOrDefaultAsync(cancel) is { } twin)
        {
            remarks?.Add($"The same file is already in the library, as {twin}.");
        }
        var metadata = await pictureProcessor.ReadMetadataAsync(held, cancel);
        for (var n = 1; ; n++)
        {
            var name = Name(fileName, held.ContentType, n);
            if (await db.Pictures.AnyAsync(p => p.File == name, cancel)) continue;
            var picture = new Picture(name);
            picture.Hold(held.Hash, held.ContentType, held.Width, held.Height, held.IsAnimated);
            picture.Describe(new PictureDescription(
                "", Line(metadata.Caption, TextLimits.PictureCaption), Line(metadata.CreditLine, TextLimits.PictureCredit) ?? "", null,
                null));
            picture.Bring(by, now);
            var line = new NewsEvent(
                Act.AddPicture, by, now, [], $"{picture.Width} × {picture.Height}, {picture.ContentType}", Subject(picture),
                after: Words(picture));
            db.AddRange(picture, line);
            try
            {
                await db.SaveChangesAsync(cancel);
                return picture;
            }
            catch (DbUpdateException) when (n < 1000)
            {
                // Someone took that name in this moment: the next one, then.
                db.Entry(picture).State = EntityState.Detached;
                db.Entry(line).State = EntityState.Detached;
                if (!await db.Pictures.AnyAsync(p => p.File == name, cancel)) throw;
            }
        }
    }

    /// <summary>Says what a picture shows, whose it is and what must stay in a crop. Texts that print it are printed anew, but for alt
    /// texts and captions of their own.</summary>
    public static Task DescribePictureAsync(
        this NewsDb db, PictureProcessor pictureProcessor, Picture picture, PictureDescription said, Actor by, DateTimeOffset now,
        CancellationToken cancel = default) =>
        ChangeAsync(db, pictureProcessor, picture, () =>
        {
            if (picture.IsReady && (string.IsNullOrWhiteSpace(said.Alt) || string.IsNullOrWhiteSpace(said.Credit)))
                throw new RefusedException("This picture already has alt text and a credit. You can change them, but not remove them.");
            picture.Describe(said);
            return Task.FromResult<string?>(null);
        }, by, now, cancel);

    /// <summary>Puts other bytes in a picture's place. Its name stays, and so every story that prints it prints the new one.</summary>
    /// <exception cref="InvalidPictureException">It is no picture that the paper prints; the message says why.</exception>
    /// <param name="remarks">Gets what whoever brought it should know, in sentences.</param>
    public static Task ReplacePictureAsync(
        this NewsDb db, PictureProcessor pictureProcessor, Picture picture, byte[] bytes, Actor by, DateTimeOffset now,
        ICollection<string>? remarks = null, CancellationToken cancel = default) =>
        ChangeAsync(db, pictureProcessor, picture, async () =>
        {
            var animate = await db.PrintsAnimationsAsync(cancel);
            foreach (var remark in await pictureProcessor.TakeInAsync(picture, bytes, animate: animate, cancel: cancel))
                remarks?.Add(remark);
            return "replaced";
        }, by, now, cancel);

    /// <summary>Takes a picture out of use, or (null) back into it. Stories that print it go on doing so.</summary>
    public static async Task RetirePictureAsync(
        this NewsDb db, Picture picture, bool retired, Actor by, DateTimeOffset now, CancellationToken cancel = default)
    {
        if (picture.RetiredAt is not null == retired) return;
        picture.Retire(retired ? now : null);
        db.Events.Add(new NewsEvent(Act.ChangePicture, by, now, [], retired ? "retired" : "brought back", Subject(picture)));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The stories whose newest, live, scheduled or approved text prints a picture, newest first.</summary>
    public static async Task<IReadOnlyList<PicturePlace>> PlacesOfAsync(this NewsDb db, Picture picture, CancellationToken cancel = default)
    {
        if (picture.Key.Length == 0) return [];
        // By its name: another picture of the same bytes has the same key.
        var (lead, body) = (Like.Within($"\"file\":{JsonSerializer.Serialize(picture.File, AsWritten)}"), $"%/media/{picture.Key}/%");
        var (plain, inBrackets, spaced) = (
            Like.Within($"({picture.File}"), Like.Within($"<{picture.File}"), Like.Within($" {picture.File}"));
        var rows = await (
            from s in db.Stories.AsNoTracking()
            join r in db.Revisions.AsNoTracking() on s.Id equals r.StoryId
            let isApproved = r.Number == s.ApprovedRevision && (s.State == StoryState.Filed || s.State == StoryState.Scheduled)
            where r.Number == s.WorkingRevision || r.Number == s.LiveRevision || r.Number == s.ScheduledRevision || isApproved
            let isLead = EF.Functions.Like((string)(object)r.Text.Picture!, lead, Like.Escape)
            let isBody = EF.Functions.Like(r.BodyHtml, body)
                && (EF.Functions.Like(r.Text.Body, plain, Like.Escape)
                    || EF.Functions.Like(r.Text.Body, inBrackets, Like.Escape)
                    || EF.Functions.Like(r.Text.Body, spaced, Like.Escape))
            where isLead || isBody
            orderby s.ChangedAt descending, s.Id descending, r.Number descending
            select new
            {
                s.Id,
                r.Text.Headline,
                s.State,
                s.EditionId,
                isLead,
                isBody,
                IsLive = r.Number == s.LiveRevision && s.State == StoryState.Live,
                IsSettled = isApproved || r.Number == s.LiveRevision || r.Number == s.ScheduledRevision,
            }).ToListAsync(cancel);
        return [.. rows.GroupBy(r => r.Id).Select(g => new PicturePlace(g.Key, g.First().Headline,
            g.First().State, g.Any(r => r.isLead), g.Any(r => r.isBody), g.Any(r => r.IsLive), g.Any(r => r.IsSettled)))];
    }

    /// <summary>Files of all pictures that some newest, live or scheduled text prints.</summary>
    public static async Task<IReadOnlySet<string>> PrintedAsync(this NewsDb db, CancellationToken cancel = default)
    {
        var texts = from s in db.Stories.AsNoTracking()
                    join r in db.Revisions.AsNoTracking() on s.Id equals r.StoryId
                    where r.Number == s.WorkingRevision || r.Number == s.LiveRevision || r.Number == s.ScheduledRevision
                    select r;
        var keys = await db.Pictures.AsNoTracking().Where(p => p.Key != "").ToDictionaryAsync(
            p => p.Id, p => new { p.Key, p.File }, cancel);
        var byKey = keys.Values.GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Select(p => p.File).ToList());
        var printed = new HashSet<string>(await texts.Where(r => r.Text.Picture != null)
            .Select(r => r.Text.Picture)
            .Distinct()
            .ToListAsync(cancel) is var leads ? leads.OfType<PictureUse>().Select(u => u.File) : []);
        var onFronts = await db.FrontSlots.AsNoTracking().Where(s => s.Picture != null).Select(s => s.Picture).ToListAsync(cancel);
        printed.UnionWith(onFronts.OfType<PictureUse>().Select(u => u.File));
        await foreach (var html in texts.Where(r => r.BodyHtml.Contains("/media/"))
            .Select(r => r.BodyHtml)
            .AsAsyncEnumerable()
            .WithCancellation(cancel))
        {
            for (var at = html.IndexOf(
                "/media/", StringComparison.Ordinal); at >= 0; at = html.IndexOf("/media/", at + 7, StringComparison.Ordinal))
                if (at + 27 <= html.Length && byKey.TryGetValue(html.Substring(at + 7, 20), out var files)) printed.UnionWith(files);
        }
        return printed;
    }

    /// <summary>Whether the paper's setting is that pictures which move are printed moving.</summary>
    internal static Task<bool> PrintsAnimationsAsync(this NewsDb db, CancellationToken cancel) =>
        db.Sites.AsNoTracking().Select(s => s.PrintsAnimations).SingleOrDefaultAsync(cancel);

    private static async Task ChangeAsync(
        NewsDb db,
        PictureProcessor pictureProcessor,
        Picture picture,
        Func<Task<string?>> change,
        Actor by,
        DateTimeOffset now,
        CancellationToken cancel)
    {
        var (before, words, places) = (picture.Use(), Words(picture), await db.PlacesOfAsync(picture, cancel));
        var remember = pictureProcessor.Remember(picture);
        var note = await change();
        await remember();
        if (picture.Use() == before && Words(picture) == words) return;
        var printed = 0;
        if (picture.Use() != before && before.Key.Length > 0)
        {
            var library = await db.Pictures.AsNoTracking().Where(p => p.Hash != "" && p.Id != picture.Id).ToDictionaryAsync(
                p => p.File, p => p.Use(), cancel);
            library[picture.File] = picture.Use();
            printed = await PictureUpdates.OfAsync(db, before, picture, library.GetValueOrDefault, cancel);
        }
        var topics = printed == 0 ? [] : await TopicsOfAsync(db, [.. places.Where(p => p.IsLive).Select(p => p.Story)], cancel);
        if (picture.Use() != before)
        {
            var slots = await db.SlotsOfAsync([picture.File], cancel);
            foreach (var slot in slots) slot.PrintAnew(before, picture);
            topics = [.. topics, .. slots.Select(s => Topic.Edition(s.EditionId)).Distinct()];
        }
        db.Events.Add(new NewsEvent(Act.ChangePicture, by, now, topics, note, Subject(picture), words, Words(picture)));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The slots of fronts that print one of these pictures instead of their story's.</summary>
    private static async Task<IReadOnlyList<FrontSlot>> SlotsOfAsync(
        this NewsDb db, IReadOnlyCollection<string> files, CancellationToken cancel)
    {
        // A picture is kept as JSON: few slots have one, and they are looked through here.
        var slots = await db.FrontSlots.Where(s => s.Picture != null).ToListAsync(cancel);
        return [.. slots.Where(s => files.Contains(s.Picture!.File))];
    }

    /// <summary>Every page that shows one of these live stories.</summary>
    private static async Task<IReadOnlyList<Topic>> TopicsOfAsync(NewsDb db, List<StoryId> stories, CancellationToken cancel)
    {
        if (stories.Count > MostNamed) return [Topic.SiteWide];
        var lists = await db.Listings
            .AsNoTracking()
            .Where(l => stories.Contains(l.StoryId))
            .Select(l => new { l.List, l.Subject })
            .Distinct()
            .ToListAsync(cancel);
        var editions = await db.Stories
            .AsNoTracking()
            .Where(s => stories.Contains(s.Id) && s.EditionId != null)
            .Select(s => s.EditionId!.Value)
            .Distinct()
            .ToListAsync(cancel);
        return [.. stories.Select(Topic.Story), .. lists.Select(l => Topic.List(l.List, l.Subject)), .. editions.Select(Topic.Edition)];
    }

    private static EventSubject Subject(Picture picture) => EventSubject.Picture(picture.File);

    /// <summary>A picture as the audit log tells of it.</summary>
    private static string Words(Picture picture)
    {
        var crop = !picture.IsCropped ? "" : string.Create(CultureInfo.InvariantCulture,
            $"; crop: {picture.Width} × {picture.Height} from {picture.Left}, {picture.Top}");
        return string.Create(CultureInfo.InvariantCulture,
            $"alt: {picture.Alt}; caption: {picture.Caption}; credit: {picture.Credit}; licence: {picture.Licence}; "
            + $"source: {picture.Source}; focus: {picture.FocusX:0.##} {picture.FocusY:0.##}{crop}; "
            + $"file: {picture.OriginalWidth} × {picture.OriginalHeight}, {picture.Hash[..Math.Min(12, picture.Hash.Length)]}");
    }

    /// <summary>What a file says, as if somebody had typed it, as far as there is room.</summary>
    private static string? Line(string? said, int most) =>
        TypedText.Line(said) is { } line ? TypedText.Line(line[..Math.Min(line.Length, most)]) : null;

    /// <summary>A name made of the file's: plain letters, and the ending of what it really is.</summary>
    private static string Name(string fileName, string type, int n)
    {
        // Markdown and addresses carry it: ASCII alone needs no escaping there.
        var stem = Path.GetFileNameWithoutExtension(fileName.Replace('\\', '/').Split('/')[^1]);
        var plain = Slug.From(string.Concat((Slug.From(stem)?.Value ?? "").Select(c => char.IsAscii(c) ? c : '-')))?.Value ?? "picture";
        if (plain.Length > 60) plain = plain[..60].TrimEnd('-');
        var ending = type switch { "image/jpeg" => "jpg", "image/svg+xml" => "svg", _ => type["image/".Length..] };
        return string.Create(CultureInfo.InvariantCulture, $"{plain}{(n == 1 ? "" : $"-{n}")}.{ending}");
    }
}

/// <summary>A story that prints a picture.</summary>
/// <param name="IsLead">Some text of it has the picture at its head.</param>
/// <param name="IsLive">Readers see it there now.</param>
/// <param name="IsSettled">Someone has let a text with it through: approved, scheduled, live, or withdrawn with a
/// text that can be restored.</param>
public sealed record PicturePlace(StoryId Story, string Headline, StoryState State, bool IsLead, bool IsBody, bool IsLive, bool IsSettled);
