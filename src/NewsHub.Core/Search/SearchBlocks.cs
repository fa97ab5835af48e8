using System.Globalization;

namespace NewsHub.Core.Search;

/// <summary>
/// Stretches of places: each story is kept with those that it is in, one of each size. PostgreSQL's index knows no order, and reads all of
/// a word before it says which story is the newest; together with a stretch it skips what is not in there. A stretch is one of time: a
/// story that is dated back needs no other to be kept anew.
/// </summary>
internal static class SearchBlocks
{
    /// <summary>The sizes, as powers of two: from a quarter of an hour, in which not more than 16,384 stories have a place, to a
    /// century.</summary>
    private const int Smallest = 14, Step = 2, Largest = 36;

    /// <summary>The lexemes of the blocks that a place is in.</summary>
    public static IEnumerable<string> Of(long place)
    {
        for (var size = Smallest; size <= Largest; size += Step) yield return Lexeme(size, place >> size);
    }

    /// <summary>Two blocks which, between them, hold all the places of a stretch before one.</summary>
    /// <param name="until">The place behind the last of them.</param>
    /// <param name="length">How many places, so far as there are blocks for them.</param>
    /// <returns>The blocks as a query, and the first place in them.</returns>
    public static (string Query, long From) Before(long until, double length)
    {
        var size = Smallest;
        while (size < Largest && 1L << size < length) size += Step;
        var last = until - 1 >> size;
        // The block of the last place is seldom full: the one before it is asked with it.
        return last == 0
            ? (SearchVector.Quoted(Lexeme(size, last)), 0)
            : ($"({SearchVector.Quoted(Lexeme(size, last))} | {SearchVector.Quoted(Lexeme(size, last - 1))})", last - 1 << size);
    }

    private static string Lexeme(int size, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{SearchVector.Block}{(char)('A' + (size - Smallest) / Step)}{number}");
}
