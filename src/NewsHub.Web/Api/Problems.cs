using Microsoft.AspNetCore.WebUtilities;

namespace NewsHub.Web.Api;

/// <summary>Why there is no answer (RFC 9457).</summary>
/// <param name="Detail">A sentence.</param>
internal sealed record Problem(string Type, string Title, int Status, string Detail);

/// <summary>A story that was published and taken back.</summary>
/// <param name="Detail">The notice, as readers see it.</param>
internal sealed record Withdrawal(string Type, string Title, int Status, string Detail, long Id, DateTime WithdrawnAt);

internal static class Problems
{
    public const string ContentType = "application/problem+json";
    private const string NoType = "about:blank";

    public static IResult Of(int status, string detail) =>
        Results.Json(new Problem(NoType, ReasonPhrases.GetReasonPhrase(status), status, detail), ApiJson.Options, ContentType, status);

    public static IResult Unknown(string detail) => Of(StatusCodes.Status404NotFound, detail);

    public static IResult Wrong(string detail) => Of(StatusCodes.Status400BadRequest, detail);

    public static Withdrawal Gone(long id, string notice, DateTimeOffset at) =>
        new(NoType, "Withdrawn", StatusCodes.Status410Gone, notice, id, at.UtcDateTime);

    /// <summary>What is said where nothing else was.</summary>
    public static string Sentence(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address. /api says what there is.",
        StatusCodes.Status413PayloadTooLarge => "That is too much at once. This interface can only be read.",
        StatusCodes.Status405MethodNotAllowed => "This interface can only be read: GET, HEAD.",
        StatusCodes.Status503ServiceUnavailable => "The paper cannot be read just now. Try again in a minute.",
        >= 500 => "That should not have happened, and is not your fault. Try again in a moment.",
        _ => "That was not understood.",
    };
}
