using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Api;
using NewsHub.Web.Http;
using NewsHub.Web.Live;
using NewsHub.Web.Options;

namespace NewsHub.Web.Endpoints;

/// <summary>
/// Where a mail provider tells what became of mails (<see cref="MailReports"/>): one JSON value, a list of them, or one on each line.
/// Shut until the setting <c>Newsletter:BounceSecret</c> says what to ask for: as a bearer token, or as the password in the address,
/// which every provider can send.
/// </summary>
internal static partial class Bounces
{
    private const int MostBytes = 4 << 20;

    public static void MapBounces(this IEndpointRouteBuilder app) => app.MapPost("/newsletter/bounces", TakeAsync)
        .DisableAntiforgery().WithMetadata(new BodyLimitAttribute(MostBytes));

    private static async Task<IResult> TakeAsync(
        HttpContext context, NewsletterOptions options, Reader reader, Subscriptions subscriptions, BulletinRules rules,
        ILogger<Subscriptions> log)
    {
        context.NeverKeep();
        if (options.BounceSecret is not { } secret) return Results.NotFound();
        if (!Knows(context.Request.Headers.Authorization.ToString(), secret))
        {
            // Amazon SNS sends the password only once it was asked for it; that first request is no wrong try.
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"mail reports\", charset=\"UTF-8\"";
            return context.Request.Headers.Authorization.Count > 0 && await reader.FloodAsync(context) is not null
                ? Problems.Of(StatusCodes.Status429TooManyRequests, "There were too many wrong tries from here.")
                : Problems.Of(StatusCodes.Status401Unauthorized, "Send the secret as a bearer token, or as the password of the address.");
        }
        if (await BodyAsync(context) is not { } body)
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, $"A report is at most {MostBytes >> 20} MB long.");

        var mailgunKey = options.MailgunKey;
        var (reports, bad) = (new List<MailReport>(), 0);
        foreach (var document in Documents(body))
        {
            using (document)
            {
                if (document?.RootElement is not { } root) bad++;
                else if (root.ValueKind is JsonValueKind.Array)
                    bad += root.EnumerateArray().Count(value => !Take(value, reports, mailgunKey, log));
                else if (!Take(root, reports, mailgunKey, log)) bad++;
            }
        }
        if (bad > 0 && reports.Count == 0)
            return Problems.Wrong("This is no report in the form of Amazon SES, Mailgun, Postmark or SendGrid, nor in our own.");
        var taken = await subscriptions.ReportAsync(reports, rules.Bounces, context.RequestAborted);
        return Results.Json(new { taken, passed = reports.Count - taken, bad });
    }

    /// <returns>Whether it was understood.</returns>
    private static bool Take(JsonElement value, List<MailReport> reports, string? mailgunKey, ILogger log)
    {
        try
        {
            if (value.ValueKind is not JsonValueKind.Object) return false;
            if (value.TryGetProperty("TopicArn", out _) && MailReports.Text(value, "Type") is { } type)
                return TakeFromSns(value, type, reports, log);
            if (mailgunKey is { Length: > 0 } && value.TryGetProperty("event-data", out _) && !IsSigned(value, mailgunKey)) return false;
            if (MailReports.Read(value) is not { } read) return false;
            reports.AddRange(read.Where(r => r.Address.Length is > 0 and <= Subscriber.LongestAddress));
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half a character: JSON has a way to write it, text has none.
            return false;
        }
    }

    private static bool TakeFromSns(JsonElement envelope, string type, List<MailReport> reports, ILogger log)
    {
        if (type is "SubscriptionConfirmation")
        {
            // Opened by whoever runs the paper: the program asks no address that a stranger's message names.
            if (!Uri.TryCreate(MailReports.Text(envelope, "SubscribeURL"), UriKind.Absolute, out var address)) return false;
            if (address.Scheme != Uri.UriSchemeHttps || !address.Host.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase))
                return false;
            Confirm(log, address.AbsoluteUri);
            return true;
        }
        if (type is "UnsubscribeConfirmation") return true;
        if (type is not "Notification" || MailReports.Text(envelope, "Message") is not { } text) return false;
        try
        {
            using var inner = JsonDocument.Parse(text);
            if (MailReports.Read(inner.RootElement) is not { } read) return false;
            reports.AddRange(read.Where(r => r.Address.Length is > 0 and <= Subscriber.LongestAddress));
            return true;
        }
        catch (JsonException)
        {
            // “Successfully validated SNS topic …” is plain text.
            return text.StartsWith("Successfully validated", StringComparison.Ordinal);
        }
    }

    /// <summary>Mailgun signs the time and a token; with which key says the setting <c>Newsletter:MailgunKey</c>.</summary>
    private static bool IsSigned(JsonElement value, string key)
    {
        if (!value.TryGetProperty("signature", out var signature) || signature.ValueKind is not JsonValueKind.Object) return false;
        var (time, token) = (MailReports.Text(signature, "timestamp"), MailReports.Text(signature, "token"));
        var sent = MailReports.Text(signature, "signature") ?? "";
        var right = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(time + token)));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(sent.ToLowerInvariant()));
    }

    /// <summary>The whole body where it is one value; else each line. Null stands for a line that is no JSON.</summary>
    private static IEnumerable<JsonDocument?> Documents(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith("\uFEFF"u8)) body = body[3..];
        if (Parse(body) is { } whole)
        {
            yield return whole;
            yield break;
        }
        while (!body.IsEmpty)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (!line.Span.Trim(" \t\r"u8).IsEmpty) yield return Parse(line);
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>Null where it is too long.</returns>
    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength is > MostBytes) return null;
        var (bytes, part) = (new MemoryStream(), new byte[16 * 1024]);
        while (await context.Request.Body.ReadAsync(part, context.RequestAborted) is > 0 and var read)
        {
            if (bytes.Length + read > MostBytes) return null;
            bytes.Write(part, 0, read);
        }
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private static bool Knows(string authorization, string secret)
    {
        if (!authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return IsSame($"Bearer {secret}", authorization);
        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64Chars(authorization.AsSpan(6).Trim(), bytes, out var length)) return false;
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon && IsSame(secret, pair[(colon + 1)..]);
    }

    // Hashed first: two texts of different length would part company at once.
    private static bool IsSame(string right, string sent) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(right)), SHA256.HashData(Encoding.UTF8.GetBytes(sent)));

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Amazon SNS asks whether it may send reports of mails. If you set that up, open this address "
            + "within three days: {Address}")]
    private static partial void Confirm(ILogger log, string address);
}
