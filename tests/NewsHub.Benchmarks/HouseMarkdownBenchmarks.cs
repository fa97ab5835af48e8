using BenchmarkDotNet.Attributes;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Benchmarks;

/// <summary>What saving a story of 900 words costs.</summary>
[MemoryDiagnoser]
public class HouseMarkdownBenchmarks
{
    private const string Paragraph =
        "The vote came **late** in the evening, after two amendments had failed by a single hand. Officials said the "
        + "[figures](https://example.org/) would be "
        + "checked again before the end of the month. “We were told in March, and we answered in March,” said the board’s secretary. ";

    private readonly string _story =
        string.Concat(Enumerable.Range(1, 18).Select(n => $"{(n % 6 == 0 ? "## What comes next\n\n" : "")}{Paragraph}\n\n"))
        + ":::pullquote\nThe sentence worth printing large.\n— Who said it\n:::\n";

    [Benchmark]
    public RenderedBody Render() => HouseMarkdown.Render(_story, _ => null);
}
