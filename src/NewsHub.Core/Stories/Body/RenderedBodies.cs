using NewsHub.Core.Media;

namespace NewsHub.Core.Stories.Body;

/// <summary>
/// The bodies that were rendered last, so that one is rendered before a transaction begins and found again within it, and an
/// editor's page, its checks and publication render a text once. The same text with the same pictures is the same HTML for
/// everyone. Bounded; safe for every thread.
/// </summary>
public static class RenderedBodies
{
    /// <summary>Texts and HTML together: 16 MB.</summary>
    internal const int MaxCharacters = 8 * 1024 * 1024;

    private sealed record Entry(string Markdown, RenderedBody Body, IReadOnlyDictionary<string, PictureUse?> Pictures)
    {
        public int Characters => Markdown.Length + Body.Html.Length;
    }

    private static readonly Dictionary<string, LinkedListNode<Entry>> ByMarkdown = new(StringComparer.Ordinal);
    private static readonly LinkedList<Entry> NewestFirst = new();
    private static readonly Lock Lock = new();
    private static long _withinTransactions;
    private static int _characters;

    /// <summary>How many bodies were rendered while a transaction of the same store was open, since the program began. Other writers waited
    /// meanwhile: none should be.</summary>
    public static long RenderedWithinTransactions => Interlocked.Read(ref _withinTransactions);

    internal static int Characters => _characters;

    /// <summary>As <see cref="HouseMarkdown.Render"/>.</summary>
    /// <param name="pictures">Asked about each picture of the text also where the body is kept: a picture may have changed.</param>
    public static RenderedBody Render(string markdown, Func<string, PictureUse?> pictures, bool withinTransaction = false)
    {
        var found = new Dictionary<string, PictureUse?>(StringComparer.Ordinal);
        if (Find(markdown) is { } kept && kept.Pictures.All(p => Look(p.Key) == p.Value)) return kept.Body;
        if (withinTransaction) Interlocked.Increment(ref _withinTransactions);
        var body = HouseMarkdown.Render(markdown, Look);
        Keep(new Entry(markdown, body, found));
        return body;

        PictureUse? Look(string file) => found.TryGetValue(file, out var picture) ? picture : found[file] = pictures(file);
    }

    private static Entry? Find(string markdown)
    {
        lock (Lock)
        {
            if (!ByMarkdown.TryGetValue(markdown, out var node)) return null;
            NewestFirst.Remove(node);
            NewestFirst.AddFirst(node);
            return node.Value;
        }
    }

    private static void Keep(Entry entry)
    {
        lock (Lock)
        {
            if (ByMarkdown.TryGetValue(entry.Markdown, out var before)) Drop(before);
            ByMarkdown[entry.Markdown] = NewestFirst.AddFirst(entry);
            _characters += entry.Characters;
            while (_characters > MaxCharacters && NewestFirst.Last is { } oldest) Drop(oldest);
        }
    }

    private static void Drop(LinkedListNode<Entry> node)
    {
        NewestFirst.Remove(node);
        ByMarkdown.Remove(node.Value.Markdown);
        _characters -= node.Value.Characters;
    }
}
