using System.Globalization;
using NewsHub.Core.Events;
using NewsHub.Core.Settings;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Core.Stories;

/// <summary>Going live, and what follows from it. The editor's page, the clock and the importer all come through here.</summary>
public sealed partial class Story
{
    internal const string NoSection = "The story has no section.";

    /// <summary>Makes a revision the one that readers see: the only way to become live, and the way a live story is updated.</summary>
    /// <param name="section">The revision's section; its slug is the address's first word.</param>
    /// <param name="freeSlug">A slug that is free in that section on that day (see <c>NewsDb.FreeSlugAsync</c>); used
    /// at the first publication.</param>
    /// <exception cref="RefusedException">The state, an embargo or a missing credit forbids it.</exception>
    public void Publish(Revision revision, Section section, Slug freeSlug, Actor by, DateTimeOffset now)
    {
        var act = State is StoryState.Live ? Act.Update : Act.Publish;
        Record(act, by, now, GoLive(revision, section, freeSlug, now));
    }

    /// <returns>What readers see that this changes.</returns>
    private IEnumerable<Topic> GoLive(Revision revision, Section section, Slug freeSlug, DateTimeOffset now)
    {
        RefuseIf(!_revisions.Contains(revision), "That text belongs to another story.");
        RefuseIf(revision.Text.Section == SectionId.None, NoSection);
        RefuseIf(section.Id != revision.Text.Section, "That is not the section of this text.");
        RefuseIf(State is StoryState.Spiked, "A spiked story cannot be published. Revive it first.");
        RefuseIf(State is StoryState.Withdrawn, "A withdrawn story cannot be published. Restore it first.");
        RefuseIf(now < EmbargoUntil, string.Create(CultureInfo.InvariantCulture,
            $"This story is under embargo until {EmbargoUntil?.UtcDateTime:d MMM yyyy, HH:mm} UTC."));
        CheckForPrint(revision.Text);
        RefuseIf(string.IsNullOrWhiteSpace(revision.BodyHtml), "The body has errors: see the notes in the editor.");
        RefuseIf(revision.Text.Tags.Any(t => t.TagId == 0), "Nobody has made the tags that this text is the first to carry.");
        RefuseIf(revision.Money is null && MoneyInProse.In(revision.BodyHtml).Count > 0,
            "Nobody has looked up the rates for the money in this text.");

        var before = TopicsOf(_listings).ToList();
        State = StoryState.Live;
        ScheduledFor = null;
        ScheduledRevision = null;
        LiveRevision = revision.Number;
        if (FirstPublishedAt is null)
        {
            FirstPublishedAt = now;
            Slug ??= freeSlug;
            Address = AddressIn(section, now, Slug.Value);
        }
        else
        {
            UpdatedAt = now;
        }
        List(revision.Text);
        return before.Concat(TopicsOf(_listings)).Concat(OwnTopics());
    }

    /// <summary>A new live text with a public note of what was wrong.</summary>
    public void Correct(Revision revision, Section section, string note, Actor by, DateTimeOffset now)
    {
        CheckCorrection(note);
        var changed = GoLive(revision, section, Slug!.Value, now);
        Correct(note, by, now, changed);
    }

    /// <summary>A correction to what is live already (an imported one, or one whose text was put right before).</summary>
    public void NoteCorrection(string note, Actor by, DateTimeOffset at)
    {
        CheckCorrection(note);
        Correct(note, by, at, OwnTopics());
    }

    /// <summary>Kills a story after publication: its address answers 410 with the notice, every list drops it.</summary>
    public void Withdraw(string notice, string reason, Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not StoryState.Live, $"Only a live story can be withdrawn; this one is {Name(State)}.");
        RefuseIf(string.IsNullOrWhiteSpace(notice), "Enter a notice that tells readers why the story is gone.");
        RefuseIf(string.IsNullOrWhiteSpace(reason), "Enter a reason for the audit log. Readers do not see it.");
        var before = TopicsOf(_listings).ToList();
        State = StoryState.Withdrawn;
        WithdrawnAt = now;
        WithdrawalNotice = notice;
        _listings.Clear();
        Record(Act.Withdraw, by, now, before.Concat(OwnTopics()), reason);
        BreakingUntil = null;
    }

    /// <summary>Brings a withdrawn story back, at the same address, with the text it had.</summary>
    public void Restore(Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not StoryState.Withdrawn, $"Only a withdrawn story can be restored; this one is {Name(State)}.");
        State = StoryState.Live;
        WithdrawnAt = null;
        WithdrawalNotice = null;
        List(_revisions.Single(r => r.Number == LiveRevision).Text);
        // Fronts that held it were kept without it, and so without its name: every page is made anew.
        Record(Act.Restore, by, now, TopicsOf(_listings).Concat(OwnTopics()).Append(Topic.SiteWide));
    }

    /// <summary>Puts the story's headline on every page until an instant (UTC) that must be named, so that no alarm is left standing. One
    /// at a time: take the other down first.</summary>
    public void Flag(DateTimeOffset until, Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not StoryState.Live, $"Only a live story can be flagged as breaking; this one is {Name(State)}.");
        RefuseIf(until <= now, "Choose an end in the future.");
        RefuseIf(until > now.AddDays(1), "A story can be flagged as breaking for a day at most.");
        BreakingUntil = until;
        Record(Act.Flag, by, now, [Topic.SiteWide],
            string.Create(CultureInfo.InvariantCulture, $"until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
    }

    /// <summary>Takes the flag down before its time.</summary>
    public void Unflag(Actor by, DateTimeOffset now)
    {
        if (BreakingUntil is null) return;
        BreakingUntil = null;
        Record(Act.Flag, by, now, [Topic.SiteWide], "taken down");
    }

    /// <summary>Moves the story to another address; the old one redirects from now on.</summary>
    public void Readdress(Section section, Slug slug, Actor by, DateTimeOffset now)
    {
        RefuseIf(Address is null, "The story has no address yet.");
        if (AddressIn(section, FirstPublishedAt!.Value, slug) == Address) return;
        Move(section, slug);
        Record(Act.Readdress, by, now, TopicsOf(_listings).Concat(OwnTopics()));
    }

    /// <summary>Puts right when the story was first published (UTC): a clock was wrong, or a file. Every list follows, and so
    /// does the day in the address.</summary>
    /// <param name="section">The one in the address.</param>
    /// <param name="freeSlug">A slug that is free there on the new day.</param>
    /// <exception cref="RefusedException">The state forbids it, or the time does.</exception>
    public void Redate(DateTimeOffset at, Section section, Slug freeSlug, string reason, Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not StoryState.Live, $"The time of publication can be changed for live stories only; this one is {Name(State)}.");
        RefuseIf(at > now, "The time of publication cannot be in the future. If it came out too early, withdraw it and schedule another.");
        RefuseIf(string.IsNullOrWhiteSpace(reason), "Enter a reason for the audit log. Readers do not see it.");
        RefuseIf(_corrections.Exists(c => c.At < at), "A correction of this story is older than that time.");
        if (at == FirstPublishedAt) return;
        var (was, before) = (FirstPublishedAt!.Value, TopicsOf(_listings).ToList());
        FirstPublishedAt = at;
        // What the wrong clock says of later texts is no better.
        if (UpdatedAt > now) UpdatedAt = now;
        if (UpdatedAt <= at) UpdatedAt = null;
        // A line in a list is known by its time.
        _listings.Clear();
        List(_revisions.Single(r => r.Number == LiveRevision).Text);
        if (was.UtcDateTime.Date != at.UtcDateTime.Date) Move(section, freeSlug);
        // Editions, months of the archive and sitemaps show it by its time: every page is made anew.
        Record(Act.Redate, by, now, before.Concat(OwnTopics()).Append(Topic.SiteWide), $"{Minute(was)} → {Minute(at)}: {reason}");
    }

    /// <summary>An address that was the story's elsewhere or earlier and must go on leading to it.</summary>
    public void AddFormerAddress(string path)
    {
        var former = new FormerAddress(path);
        if (former.Path != Address && _formerAddresses.TrueForAll(f => f.Path != former.Path)) _formerAddresses.Add(former);
    }

    public static string AddressIn(Section section, DateTimeOffset publishedAt, Slug slug) =>
        string.Create(CultureInfo.InvariantCulture, $"/{section.Slug}/{publishedAt.UtcDateTime:yyyy/MM/dd}/{slug}");

    private void Move(Section section, Slug slug)
    {
        var address = AddressIn(section, FirstPublishedAt!.Value, slug);
        // A way back to an address that it once had must not leave a redirect to itself.
        _formerAddresses.RemoveAll(f => f.Path == address);
        _formerAddresses.Add(new FormerAddress(Address!));
        (Slug, Address) = (slug, address);
    }

    private void CheckCorrection(string note)
    {
        RefuseIf(State is not StoryState.Live, "Only a live story can be corrected.");
        RefuseIf(string.IsNullOrWhiteSpace(note), "Enter a note that tells readers what was wrong.");
    }

    private void Correct(string note, Actor by, DateTimeOffset at, IEnumerable<Topic> changed)
    {
        _corrections.Add(new Correction(note, by, at));
        if (UpdatedAt is null || UpdatedAt < at) UpdatedAt = at;
        Record(Act.Correct, by, at, changed.Append(Topic.Corrections), note);
    }

    private static void CheckForPrint(StoryText text)
    {
        if (PrintRequirement.MissingIn(text).FirstOrDefault() is { } missing) throw new RefusedException(missing.Sentence);
    }

    private void List(StoryText text)
    {
        var at = FirstPublishedAt!.Value;
        List<Listing> now =
        [
            new(ListOf.Latest, 0, at),
            new(ListOf.Section, text.Section.Value, at),
            new(ListOf.Kind, (long)text.Kind, at),
            .. text.Bylines.Select(b => b.AuthorId).Distinct().Select(id => new Listing(ListOf.Author, id, at)),
            .. text.Tags.Select(t => t.TagId).Distinct().Select(id => new Listing(ListOf.Tag, id, at)),
        ];
        _listings.RemoveAll(old => !now.Exists(l => l.List == old.List && l.Subject == old.Subject));
        _listings.AddRange(now.Where(l => !_listings.Exists(old => l.List == old.List && l.Subject == old.Subject)));
    }

    private static IEnumerable<Topic> TopicsOf(IEnumerable<Listing> listings) => listings.Select(l => Topic.List(l.List, l.Subject));

    private IEnumerable<Topic> OwnTopics()
    {
        // A story that was never stored has no number, and no page that shows it.
        if (Id != default) yield return Topic.Story(Id);
        if (EditionId is { } edition) yield return Topic.Edition(edition);
        // The log of corrections shows the story's headline and address.
        if (FirstPublishedAt is not null) yield return Topic.Corrections;
        // Its banner, headline and address included, stands on every page.
        if (BreakingUntil is not null) yield return Topic.SiteWide;
    }
}
