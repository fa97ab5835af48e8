using System.Net;

namespace NewsHub.Core.Rates;

/// <summary>One answer of a source over HTTP, read to its end. How long that may take and how large it may be is
/// the client's business.</summary>
internal static class RateHttp
{
    /// <param name="types">Content types of which one is expected.</param>
    /// <exception cref="RateSourceException">No answer, or not what was asked for.</exception>
    public static async Task<byte[]> GetAsync(HttpClient http, Uri address, string[] types, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            foreach (var type in types) request.Headers.Accept.ParseAdd(type);
            using var answer = await http.SendAsync(request, cancel);
            if (answer.StatusCode is not HttpStatusCode.OK)
                throw new RateSourceException($"{address.Host} answered {(int)answer.StatusCode}.");
            var came = answer.Content.Headers.ContentType?.MediaType ?? "nothing";
            if (!types.Contains(came, StringComparer.OrdinalIgnoreCase))
                throw new RateSourceException($"{address.Host} sent {came}, where {types[0]} was expected.");
            return await answer.Content.ReadAsByteArrayAsync(cancel);
        }
        catch (Exception e) when (e is not RateSourceException && !cancel.IsCancellationRequested)
        {
            // Refused, cut, slow, too large, or not to be asked at all: whatever went wrong on the way is no fault of ours.
            var why = e is OperationCanceledException or TimeoutException || e.GetType().Name == "TimeoutRejectedException"
                ? "it took too long"
                : (e.InnerException ?? e).Message.TrimEnd('.');
            throw new RateSourceException($"{address.Host} could not be asked: {why}.", e);
        }
    }

    /// <summary>What a stranger sent, for a sentence: short, on one line.</summary>
    public static string Short(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= 40 ? line : line[..40] + "…";
    }
}
