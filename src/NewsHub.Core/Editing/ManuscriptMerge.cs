using System.Security.Cryptography;
using System.Text;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Editing;

/// <summary>
/// What an editor typed, merged with what a colleague saved meanwhile: field by field, the body by paragraph. A field that one of them
/// changed merges by itself; one that both changed is a question.
/// </summary>
public sealed class ManuscriptMerge
{
    /// <summary>Fields that are only right together: a caption belongs to its picture.</summary>
    private static readonly IReadOnlyList<IReadOnlyList<string>> Groups =
        [
            [nameof(Manuscript.Kicker)], [nameof(Manuscript.Headline)], [nameof(Manuscript.Standfirst)], [nameof(Manuscript.Body)],
            [nameof(Manuscript.Section)], [nameof(Manuscript.Kind)], [nameof(Manuscript.Bylines)], [nameof(Manuscript.Dateline)],
            [nameof(Manuscript.Picture), nameof(Manuscript.PictureCaption)], [nameof(Manuscript.Tags)],
            [nameof(Manuscript.Language), nameof(Manuscript.RightToLeft)], [nameof(Manuscript.SeoTitle)],
            [nameof(Manuscript.SeoDescription)],
        ];

    private readonly Manuscript _merged = new();
    private readonly Manuscript _theirs;
    private readonly List<MergeQuestion> _questions = [];
    private readonly List<string> _fromTheirs = [];
    private readonly Dictionary<ParagraphMerge.Part.Conflict, MergeQuestion> _paragraphs = new(ReferenceEqualityComparer.Instance);

    private ManuscriptMerge(Manuscript mine, Manuscript theirs, ParagraphMerge body) =>
        (_theirs, Body, _merged.Slug) = (theirs, body, mine.Slug);

    /// <summary>The body's parts. Each conflict is one of the questions.</summary>
    public ParagraphMerge Body { get; }

    /// <summary>What was changed by both, in the form's order; empty where all merges by itself.</summary>
    public IReadOnlyList<MergeQuestion> Questions => _questions;

    /// <summary>The fields that are taken from theirs, by the manuscript's names.</summary>
    public IReadOnlyList<string> FromTheirs => _fromTheirs;

    /// <summary>Nothing differs from the text that mine was made of.</summary>
    public bool IsMineUnchanged { get; private init; }

    public MergeQuestion QuestionOf(ParagraphMerge.Part.Conflict conflict) => _paragraphs[conflict];

    /// <param name="base">The text that both were made of; null where it is not known: whatever differs then is a question.</param>
    /// <param name="mine">As it was typed.</param>
    /// <param name="theirs">The text that was saved meanwhile.</param>
    public static ManuscriptMerge Of(Manuscript? @base, Manuscript mine, Manuscript theirs)
    {
        var body = ParagraphMerge.Of(
            @base is null ? null : Said(@base, nameof(Manuscript.Body)),
            Said(mine, nameof(Manuscript.Body)),
            Said(theirs, nameof(Manuscript.Body)));
        var merge = new ManuscriptMerge(mine, theirs, body)
        {
            IsMineUnchanged = @base is not null && Groups.All(group => Said(@base, group) == Said(mine, group)),
        };
        foreach (var group in Groups)
        {
            if (group[0] == nameof(Manuscript.Body)) merge.AskOfBody();
            else merge.Add(group, @base, mine, theirs);
        }
        return merge;
    }

    /// <summary>The merged text.</summary>
    /// <param name="answers">For each of the questions, by its key.</param>
    public Manuscript Merged(IReadOnlyDictionary<string, MergeAnswer> answers)
    {
        var merged = new Manuscript { Slug = _merged.Slug };
        foreach (var field in Manuscript.FieldNames) merged.Take(field, _merged);
        foreach (var question in _questions.Where(q => q.Field != nameof(Manuscript.Body)))
        {
            var answer = answers[question.Key];
            if (answer.Choice is MergeChoice.Edited) Put(merged, question.Field, answer.Text);
            else if (answer.Choice is MergeChoice.Both && question.Field == nameof(Manuscript.Bylines))
                merged.Bylines = Both(merged.Bylines, _theirs.Bylines);
            else if (answer.Choice is MergeChoice.Both) Put(merged, question.Field, question.Both ?? question.Mine);
            else if (answer.Choice is MergeChoice.Theirs)
                foreach (var field in Groups.Single(g => g[0] == question.Field)) merged.Take(field, _theirs);
        }
        merged.Body = Body.Text(conflict => _paragraphs[conflict] is var question && answers[question.Key] is var answer
            ? answer.Choice switch
            {
                MergeChoice.Mine => question.Mine,
                MergeChoice.Theirs => question.Theirs,
                MergeChoice.Both => question.Both ?? question.Mine,
                _ => TypedText.Text(answer.Text).TrimEnd('\n'),
            }
            : "");
        return merged;
    }

    /// <summary>Some letters that stand for a text: equal for equal texts, whatever white space is around them.</summary>
    public static string Mark(string? text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TypedText.Text(text).Trim())))[..16];

    private void Add(IReadOnlyList<string> group, Manuscript? @base, Manuscript mine, Manuscript theirs)
    {
        var (my, their) = (Said(mine, group), Said(theirs, group));
        var before = @base is null ? null : Said(@base, group);
        foreach (var field in group) _merged.Take(field, my == before && their != my ? theirs : mine);
        if (my == their || their == before) return;
        if (my == before)
        {
            _fromTheirs.Add(group[0]);
            return;
        }
        if (group[0] == nameof(Manuscript.Tags) && @base is not null)
        {
            _merged.Tags = Tags(@base, mine, theirs);
            _fromTheirs.Add(group[0]);
            return;
        }
        var both = group[0] switch
        {
            nameof(Manuscript.Tags) => Joined(TagName.Split(mine.Tags).Concat(TagName.Split(theirs.Tags))),
            nameof(Manuscript.Bylines) => new Manuscript { Bylines = Both(mine.Bylines, theirs.Bylines) }.Shown(group[0]),
            _ => null,
        };
        var isText = group.Count == 1
            && group[0] is not (nameof(Manuscript.Section) or nameof(Manuscript.Kind) or nameof(Manuscript.Bylines));
        Ask(group[0], before, my, their, both, isText);
    }

    private void AskOfBody()
    {
        foreach (var conflict in Body.Conflicts)
            _paragraphs[conflict] = Ask(nameof(Manuscript.Body), conflict.Base, conflict.Mine, conflict.Theirs, conflict.Both, true);
        if (Body.Parts.Any(p => p is ParagraphMerge.Part.Merged { Origin: ParagraphMerge.Origin.Theirs }))
            _fromTheirs.Add(nameof(Manuscript.Body));
    }

    private MergeQuestion Ask(string field, string? before, string mine, string theirs, string? both, bool isText)
    {
        var key = Mark(string.Join('\u001f', field, before, mine, theirs));
        // Two paragraphs that were alike, and were changed alike.
        var number = _questions.Count(q => q.Key.StartsWith(key, StringComparison.Ordinal));
        var question = new MergeQuestion(number == 0 ? key : $"{key}-{number}", field, before, mine, theirs, both, isText);
        _questions.Add(question);
        return question;
    }

    private static void Put(Manuscript merged, string field, string? text) => merged.Take(field, new Manuscript
    {
        Kicker = text,
        Headline = text,
        Standfirst = text,
        Dateline = text,
        Tags = text,
        SeoTitle = text,
        SeoDescription = text,
    });

    // Theirs, without those that I took out and with those that I added.
    private static string Tags(Manuscript @base, Manuscript mine, Manuscript theirs)
    {
        var (before, my, their) = (Names(@base), Names(mine), Names(theirs));
        var (had, have, theyHave) = (Set(before), Set(my), Set(their));
        return Joined([
            .. their.Where(t => have.Contains(Identity(t)) || !had.Contains(Identity(t))),
            .. my.Where(t => !theyHave.Contains(Identity(t)) && !had.Contains(Identity(t))),
        ]);

        static IReadOnlyList<string> Names(Manuscript manuscript) => TagName.Split(manuscript.Tags);
        static HashSet<string> Set(IEnumerable<string> names) => [.. names.Select(Identity)];
    }

    private static string Identity(string tag) => Slug.From(tag) is null ? tag : TagName.Identity(tag);

    private static string Joined(IEnumerable<string> tags) => string.Join(", ", tags.DistinctBy(Identity));

    private static IList<Manuscript.Credit> Both(IList<Manuscript.Credit> mine, IList<Manuscript.Credit> theirs) =>
        [.. mine.Concat(theirs).Where(c => !string.IsNullOrWhiteSpace(c.Author)).DistinctBy(c => TypedText.Line(c.Author))];

    private static string Said(Manuscript manuscript, IReadOnlyList<string> group) =>
        string.Join(": ", group.Select(f => Said(manuscript, f)).Where(said => said.Length > 0));

    // As it would be kept, so that white space that means nothing is no change.
    private static string Said(Manuscript manuscript, string field) => field switch
    {
        nameof(Manuscript.Body) => TypedText.Text(manuscript.Body),
        nameof(Manuscript.Tags) => Joined(TagName.Split(manuscript.Tags)),
        nameof(Manuscript.Language) => TypedText.Line(manuscript.Language) ?? "en",
        _ => TypedText.Line(manuscript.Shown(field)) ?? "",
    };
}

/// <summary>Something that both changed.</summary>
/// <param name="Key">The same as long as field and versions are.</param>
/// <param name="Field">The manuscript's property.</param>
/// <param name="Base">As it was before both; null where that is not known.</param>
/// <param name="Both">The two versions together; null where that makes no sense.</param>
/// <param name="IsText">It can be written anew, not only chosen.</param>
public sealed record MergeQuestion(string Key, string Field, string? Base, string Mine, string Theirs, string? Both, bool IsText);

public enum MergeChoice
{
    Mine,
    Theirs,
    Both,
    Edited,
}

/// <param name="Text">What was written instead, where that is the choice.</param>
public sealed record MergeAnswer(MergeChoice Choice, string? Text = null);
