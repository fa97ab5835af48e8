using System.Globalization;
using NewsHub.Core.Rates;

namespace NewsHub.Core.Transfer;

/// <summary>The content folder's own <c>rates.json</c>: for the first start, and for whoever keeps rates by hand.</summary>
public sealed class FileSource(string folder) : IRateSource
{
    private const string Name = "rates.json";

    public string Key => RatePublisher.FileKey;

    public async Task<RateSheet> FetchAsync(CancellationToken cancel)
    {
        try
        {
            var sheets = Read(Name, await File.ReadAllTextAsync(Path.Combine(folder, Name), cancel));
            return sheets.FirstOrDefault(s => RatePublisher.All.All(p => p.Name != s.Publisher))
                ?? throw new RateSourceException($"{Name} holds only what others publish themselves.");
        }
        catch (ContentException e)
        {
            throw new RateSourceException(e.Problems[0].ToString(), e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RateSourceException($"There is no {Name} in the content folder.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RateSourceException($"{Name} cannot be read: {e.Message}", e);
        }
    }

    /// <returns>A sheet for each publisher: the file is one, or a list of them.</returns>
    /// <exception cref="ContentException">Names each line that is wrong.</exception>
    internal static IReadOnlyList<RateSheet> Read(string file, string text)
    {
        IReadOnlyList<Fields> sheets = text.AsSpan().TrimStart().StartsWith("[") ? Fields.ReadList(file, text) : [Fields.Read(file, text)];
        var read = sheets.Select(ReadOne).ToList();
        if (sheets.Any(s => s.Failed)) throw new ContentException([.. sheets.SelectMany(s => s.Problems)]);
        return read;
    }

    private static RateSheet ReadOne(Fields fields)
    {
        var (source, @base) = (fields.Required("source", 80), fields.Required("base", 3));
        if (!Currency.IsKnown(@base)) fields.Wrong("base", $"'{@base}' is not a currency code such as USD.");
        var figures = new List<RateFigure>();
        foreach (var day in fields.Entries("days"))
        {
            var date = day.RequiredValue("date", Fields.Date, "a day such as 2025-07-01");
            if (day.Inner("rates") is not { } rates) continue;
            foreach (var quote in rates.Names.ToList())
            {
                if (rates.Value(quote, Fields.Decimal, "a number greater than 0") is not { } value)
                {
                    if (rates.Text(quote) is null) rates.Wrong(quote, "is missing.");
                }
                else if (!Currency.IsKnown(quote)) rates.Wrong(quote, "is not a currency code such as EUR.");
                else if (value <= 0) rates.Wrong(quote, "is not greater than 0.");
                else figures.Add(new RateFigure(date, quote, value.ToString(CultureInfo.InvariantCulture)));
            }
            day.CheckUnknown();
        }
        fields.CheckUnknown();
        return new RateSheet(source, @base, IsInverse: false, figures);
    }
}
