using BenchmarkDotNet.Attributes;
using NewsHub.Core.Media;

namespace NewsHub.Benchmarks;

/// <summary>What a card's picture costs: a list of stories has twenty.</summary>
[MemoryDiagnoser]
public class PictureHtmlBenchmarks
{
    private readonly PictureUse _use = new("0123456789abcdef0123", "quay.jpg", 2000, 1400, "The quay at low water", "The quay", "A. Name");

    [Benchmark]
    public string Card() => PictureHtml.Write(_use, Crop.Card, "(width < 40rem) 35vw, 14rem", alt: "");
}
