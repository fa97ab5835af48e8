using System.Globalization;
using System.Xml;

namespace NewsHub.Core.Rates;

/// <summary>The European Central Bank's daily reference rates: XML, against the euro, some thirty currencies and no naira.</summary>
public sealed class EcbSource(HttpClient http, Uri address) : IRateSource
{
    public string Key => RatePublisher.Ecb.Key;

    public async Task<RateSheet> FetchAsync(CancellationToken cancel) =>
        Read(await RateHttp.GetAsync(http, address, ["text/xml", "application/xml"], cancel));

    /// <exception cref="RateSourceException">The bytes are no such sheet.</exception>
    internal static RateSheet Read(byte[] bytes)
    {
        var figures = new List<RateFigure>();
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(bytes),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 8_000_000 });
            DateOnly? day = null;
            while (xml.Read())
            {
                if (xml.NodeType is not XmlNodeType.Element || xml.LocalName != "Cube") continue;
                if (xml.GetAttribute("time") is { } time)
                    day = DateOnly.TryParseExact(time, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
                        ? read
                        : throw new RateSourceException($"The European Central Bank's sheet has the day '{RateHttp.Short(time)}'.");
                else if (xml.GetAttribute("currency") is { } code && xml.GetAttribute("rate") is { } rate && day is { } of)
                    figures.Add(new RateFigure(of, code, rate));
            }
        }
        catch (XmlException e)
        {
            throw new RateSourceException($"What the European Central Bank sent is not XML that can be read (line {e.LineNumber}).", e);
        }
        return figures.Count > 0
            ? new RateSheet(RatePublisher.Ecb.Name, "EUR", IsInverse: false, figures)
            : throw new RateSourceException("The European Central Bank's sheet has no rates in it.");
    }
}
