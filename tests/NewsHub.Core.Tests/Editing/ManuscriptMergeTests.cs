using NewsHub.Core.Editing;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Tests.Editing;

public sealed class ManuscriptMergeTests
{
    private static readonly Dictionary<string, MergeAnswer> NoAnswers = [];

    [Fact]
    public void A_field_that_one_changed_merges_by_itself()
    {
        var merge = ManuscriptMerge.Of(
            Text(), Text(m => m.Headline = "Mine"), Text(m => (m.Standfirst, m.Kind, m.Body) = ("Theirs", Kind.Opinion, "One.\n\nTwo.")));
        Assert.Empty(merge.Questions);
        Assert.False(merge.IsMineUnchanged);
        Assert.Equal(["Standfirst", "Body", "Kind"], merge.FromTheirs.Order(new FormOrder()));
        var merged = merge.Merged(NoAnswers);
        Assert.Equal(
            ("Mine", "Theirs", Kind.Opinion, "One.\n\nTwo.", "ferries"),
            (merged.Headline, merged.Standfirst, merged.Kind, merged.Body, merged.Slug));
    }

    [Fact]
    public void White_space_that_is_not_kept_is_no_change()
    {
        var merge = ManuscriptMerge.Of(
            Text(), Text(m => (m.Headline, m.Tags, m.Body) = (" Ferries ", "Boats,Quays", "One.\r\n")), Text(m => m.Headline = "Theirs"));
        Assert.False(merge.IsMineUnchanged);
        Assert.True(ManuscriptMerge.Of(Text(), Text(m => (m.Headline, m.Tags) = (" Ferries ", "Boats,Quays")), Text()).IsMineUnchanged);
        Assert.Equal("Theirs", merge.Merged(NoAnswers).Headline);
    }

    [Fact]
    public void A_field_that_both_changed_is_a_question_with_its_versions()
    {
        var merge = ManuscriptMerge.Of(Text(), Text(m => m.Headline = "Mine"), Text(m => m.Headline = "Theirs"));
        var question = Assert.Single(merge.Questions);
        Assert.Equal(
            ("Headline", "Ferries", "Mine", "Theirs", null, true),
            (question.Field, question.Base, question.Mine, question.Theirs, question.Both, question.IsText));
        Assert.Equal("Theirs", merge.Merged(new Dictionary<string, MergeAnswer> { [question.Key] = new(MergeChoice.Theirs) }).Headline);
        Assert.Equal("Mine", merge.Merged(new Dictionary<string, MergeAnswer> { [question.Key] = new(MergeChoice.Mine) }).Headline);
        Assert.Equal("New", merge.Merged(new Dictionary<string, MergeAnswer> { [question.Key] = new(MergeChoice.Edited, "New") }).Headline);
    }

    [Fact]
    public void A_caption_is_never_put_under_another_picture()
    {
        var merge = ManuscriptMerge.Of(
            Text(m => (m.Picture, m.PictureCaption) = ("quay.jpg", "The quay.")),
            Text(m => (m.Picture, m.PictureCaption) = ("boat.jpg", "The quay.")),
            Text(m => (m.Picture, m.PictureCaption) = ("quay.jpg", "The old quay.")));
        var question = Assert.Single(merge.Questions);
        Assert.Equal(("Picture", "boat.jpg: The quay.", "quay.jpg: The old quay."), (question.Field, question.Mine, question.Theirs));
        var merged = merge.Merged(new Dictionary<string, MergeAnswer> { [question.Key] = new(MergeChoice.Theirs) });
        Assert.Equal(("quay.jpg", "The old quay."), (merged.Picture, merged.PictureCaption));
    }

    [Fact]
    public void Tags_merge_one_by_one_and_bylines_can_be_taken_together()
    {
        var merge = ManuscriptMerge.Of(
            Text(m => m.Bylines = [new() { Author = "ada" }]),
            Text(m => (m.Tags, m.Bylines) = ("Boats, Mine", [new() { Author = "ada" }, new() { Author = "ben" }])),
            Text(m => (m.Tags, m.Bylines) = ("Quays, Boats, theirs", [new() { Author = "ada", Role = "in Lagos" }])));
        var question = Assert.Single(merge.Questions);
        Assert.Equal(("Bylines", "ada; ben", false), (question.Field, question.Both, question.IsText));
        var merged = merge.Merged(new Dictionary<string, MergeAnswer> { [question.Key] = new(MergeChoice.Both) });
        Assert.Equal("Boats, theirs, Mine", merged.Tags);
        Assert.Equal(["ada", "ben"], merged.Bylines.Select(b => b.Author));
    }

    [Fact]
    public void Without_the_text_that_both_were_made_of_whatever_differs_is_a_question()
    {
        var merge = ManuscriptMerge.Of(null, Text(m => m.Tags = "Mine"), Text(m => m.Headline = "Theirs"));
        Assert.Equal(
            [("Headline", null), ("Tags", "Mine, Boats, Quays")], merge.Questions.Select(q => (q.Field, q.Both)));
        Assert.All(merge.Questions, q => Assert.Null(q.Base));
    }

    [Fact]
    public void Questions_of_paragraphs_that_are_alike_have_keys_of_their_own()
    {
        var merge = ManuscriptMerge.Of(
            Text(m => m.Body = "Same.\n\nBetween.\n\nSame."),
            Text(m => m.Body = "Same mine.\n\nBetween.\n\nSame mine."),
            Text(m => m.Body = "Same theirs.\n\nBetween.\n\nSame theirs."));
        Assert.Equal(2, merge.Questions.Select(q => q.Key).Distinct().Count());
        var merged = merge.Merged(new Dictionary<string, MergeAnswer>
        {
            [merge.Questions[0].Key] = new(MergeChoice.Mine),
            [merge.Questions[1].Key] = new(MergeChoice.Edited, "Both.\r\n"),
        });
        Assert.Equal("Same mine.\n\nBetween.\n\nBoth.", merged.Body);
    }

    private static Manuscript Text(Action<Manuscript>? change = null)
    {
        var text = new Manuscript { Headline = "Ferries", Body = "One.", Tags = "Boats, Quays", Slug = "ferries" };
        change?.Invoke(text);
        return text;
    }

    private sealed class FormOrder : IComparer<string>
    {
        public int Compare(string? x, string? y) => Place(x).CompareTo(Place(y));

        private static int Place(string? field) => Manuscript.FieldNames.ToList().IndexOf(field!);
    }
}
