using System.Net;

namespace NewsHub.Core.Audience;

/// <summary>A page was looked at. It lives for a few seconds, in memory alone: of the address and the browser nothing is kept but that
/// they were new that day.</summary>
/// <param name="Path">The page, in lower case, without a query.</param>
/// <param name="Own">The host that was asked: links from our own pages are none from elsewhere.</param>
/// <param name="Referrer">As the browser sent it; null for none.</param>
public readonly record struct Visit(string Path, IPAddress? Address, string Agent, string? Referrer, string? Own, DateTimeOffset At);
