using NewsHub.Core.Editing;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Editor;

/// <summary>What the form says of one question of a merge.</summary>
public sealed class TypedAnswer
{
    public string? Key { get; set; }

    /// <summary>Mine, Theirs or Both.</summary>
    public string? Choice { get; set; }

    /// <summary>The <see cref="ManuscriptMerge.Mark"/> of the text that the form offered to edit.</summary>
    public string? Was { get; set; }

    /// <summary>What was edited in place, if anything was: then it is what counts.</summary>
    public string? Text { get; set; }

    public bool IsEdited => ManuscriptMerge.Mark(Text) != (Was ?? ManuscriptMerge.Mark(""));
}

/// <summary>A text that meets a newer one, on the page: what is merged, what is asked, and what was answered already.</summary>
public sealed class StoryMerge
{
    private readonly ManuscriptMerge _merge;

    /// <param name="answers">What the form says, where it has been shown before.</param>
    /// <param name="unplaced">What the form has held since an earlier answer.</param>
    public StoryMerge(
        ManuscriptMerge merge, Revision other, string otherName, IReadOnlyCollection<TypedAnswer> answers, IEnumerable<string> unplaced)
    {
        (_merge, Other, OtherName, HasAnswers) = (merge, other, otherName, answers.Count > 0);
        var byKey = answers.Where(a => a.Key is not null).DistinctBy(a => a.Key).ToDictionary(a => a.Key!);
        Lines = [.. merge.Questions.Select((q, i) => new Line(i, q, byKey.GetValueOrDefault(q.Key)))];
        var asked = merge.Questions.Select(q => q.Key).ToHashSet();
        NewlyUnplaced =
        [
            .. answers.Where(a => a.IsEdited && (a.Key is null || !asked.Contains(a.Key)))
                .Select(a => TypedText.Text(a.Text)).Where(t => t.Length > 0),
        ];
        Unplaced = [.. unplaced.Concat(NewlyUnplaced).Where(t => !string.IsNullOrWhiteSpace(t)).Distinct()];
    }

    /// <summary>The newest text, whoever's it is: what is saved now comes on top of it.</summary>
    public Revision Other { get; }
    public string OtherName { get; }

    /// <summary>The form has been shown before, and has come back.</summary>
    public bool HasAnswers { get; }

    public IReadOnlyList<Line> Lines { get; }
    public ParagraphMerge Body => _merge.Body;

    /// <summary>What was edited in place of a paragraph that has changed since: shown, so that it can be put where it belongs.</summary>
    public IReadOnlyList<string> Unplaced { get; }
    public IReadOnlyList<string> NewlyUnplaced { get; }

    public bool IsAnswered => Lines.All(l => l.Problem is null) && NewlyUnplaced.Count == 0;

    public Line LineOf(ParagraphMerge.Part.Conflict conflict) => Lines.Single(l => l.Question == _merge.QuestionOf(conflict));

    public Manuscript Merged() => _merge.Merged(Lines.ToDictionary(l => l.Question.Key, l => l.Answer!));

    /// <summary>After the save: what was put together.</summary>
    public string Said()
    {
        var paragraphs = Body.Parts
            .OfType<ParagraphMerge.Part.Merged>()
            .Where(p => p.Origin is ParagraphMerge.Origin.Theirs)
            .Sum(p => p.Paragraphs);
        var theirs = string.Join(", ", _merge.FromTheirs.Select(field => field switch
        {
            nameof(Manuscript.Body) => $"{paragraphs} {(paragraphs == 1 ? "paragraph" : "paragraphs")} of the body",
            _ => Manuscript.NameOf(field).ToLowerInvariant(),
        }));
        return $"Revision {Other.Number} ({OtherName}) came meanwhile, and the two texts are merged."
            + (theirs.Length == 0 ? "" : $" From that revision: {theirs}.") + " Read it once as a whole.";
    }

    /// <summary>How tall a text's field is.</summary>
    public static int Rows(string text) => Math.Clamp(text.Split('\n').Length + text.Length / 80, 2, 24);

    /// <summary>A question on the page.</summary>
    public sealed class Line
    {
        internal Line(int number, MergeQuestion question, TypedAnswer? typed)
        {
            (Number, Question) = (number, question);
            var isEdited = question.IsText && typed?.IsEdited is true;
            MergeChoice? chosen = typed?.Choice switch
            {
                nameof(MergeChoice.Mine) => MergeChoice.Mine,
                nameof(MergeChoice.Theirs) => MergeChoice.Theirs,
                nameof(MergeChoice.Both) when question.Both is not null => MergeChoice.Both,
                _ => null,
            };
            Chosen = chosen;
            Answer = isEdited ? new MergeAnswer(MergeChoice.Edited, typed!.Text) : chosen is { } one ? new MergeAnswer(one) : null;
            (Text, Was) = isEdited
                ? (TypedText.Text(typed!.Text), typed.Was!)
                : Offer(chosen ?? MergeChoice.Mine);
            if (Answer is null)
                Problem = $"Choose {(question.Both is null ? "Mine or Theirs" : "Mine, Theirs or Both")}"
                    + $"{(question.IsText ? ", or edit the text," : "")} where both changed: {Manuscript.NameOf(question.Field)}.";
        }

        public int Number { get; }
        public MergeQuestion Question { get; }
        public MergeChoice? Chosen { get; }
        public MergeAnswer? Answer { get; }

        /// <summary>What the form offers to edit.</summary>
        public string Text { get; }
        public string Was { get; }

        /// <summary>Null where it is answered.</summary>
        public string? Problem { get; }

        public string Name(string field) => $"Answers[{Number}].{field}";

        public IEnumerable<MergeChoice> Choices =>
            Question.Both is null ? [MergeChoice.Mine, MergeChoice.Theirs] : [MergeChoice.Mine, MergeChoice.Theirs, MergeChoice.Both];

        /// <summary>The text that a choice puts into the field, and the mark by which it is seen whether it was edited there.</summary>
        public (string Text, string Was) Offer(MergeChoice choice)
        {
            var text = choice switch
            {
                MergeChoice.Theirs => Question.Theirs,
                MergeChoice.Both => Question.Both!,
                _ => Question.Mine,
            };
            return (text, ManuscriptMerge.Mark(text));
        }
    }
}
