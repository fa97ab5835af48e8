using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Setup;

namespace NewsHub.Web.Live;

/// <summary>
/// Where a mail provider tells of mail that came back: JSON lines such as <c>{"address":"ada@example.org","kind":"bounce"}</c>, the kinds being bounce,
/// complaint, and anything else, which is let pass. Shut until the setting <c>Newsletter:BounceSecret</c> says what to ask for.
/// </summary>
internal static class Bounces
{
    private const int MostBytes = 1 << 20;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private sealed record Return(string? Address, string? Kind);

    public static void MapBounces(this IEndpointRouteBuilder app) => app.MapPost("/newsletter/bounces", TakeAsync).DisableAntiforgery();

    private static async Task<IResult> TakeAsync(HttpContext context, IConfiguration settings, Reader reader, Subscriptions subscriptions, BulletinRules rules)
    {
        Caching.NeverKeep(context);
        if (settings["Newsletter:BounceSecret"] is not { Length: > 0 } secret) return Results.NotFound();
        // Hashed first: two texts of different length would part company at once.
        if (!CryptographicOperations.FixedTimeEquals(Hash($"Bearer {secret}"), Hash(context.Request.Headers.Authorization.ToString())))
            return reader.Flood(context) is null ? Results.StatusCode(StatusCodes.Status401Unauthorized) : Results.StatusCode(StatusCodes.Status429TooManyRequests);
        if (context.Request.ContentLength is > MostBytes) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var (taken, passed, bad, left) = (0, 0, 0, MostBytes);
        using var lines = new StreamReader(context.Request.Body, Encoding.UTF8);
        while (await lines.ReadLineAsync(context.RequestAborted) is { } line)
        {
            if ((left -= line.Length + 1) < 0) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (Read(line) is not { Address: { Length: > 0 } address, Kind: { } kind }) bad++;
            else if (kind.ToLowerInvariant() is "bounce" or "complaint" && await subscriptions.ReturnAsync(address.Trim(), kind.Equals("complaint", StringComparison.OrdinalIgnoreCase), rules.Bounces, context.RequestAborted)) taken++;
            else passed++;
        }
        return Results.Json(new { taken, passed, bad }, statusCode: bad > 0 && taken + passed == 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    private static Return? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Return>(line, Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
