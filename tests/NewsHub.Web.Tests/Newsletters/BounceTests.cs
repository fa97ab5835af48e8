using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Newsletters;

namespace NewsHub.Web.Tests.Newsletters;

/// <summary>What a mail provider tells of mail that came back.</summary>
public sealed class BounceTests
{
    [Fact]
    public async Task Returns_count_and_complaints_take_off_the_list_with_a_mark_that_says_no_address()
    {
        await using var room = new MailRoom(("Newsletter:BounceSecret", "brackish"), ("Newsletter:Bounces", "2"));
        await room.AddAsync(3);
        foreach (var secret in new[] { null, "Bearer wrong", "brackish", "Bearer brackish " + "x" }) Assert.Equal(HttpStatusCode.Unauthorized, await TellAsync(room, secret, """{"address":"reader1@example.org","kind":"bounce"}"""));
        Assert.Equal(HttpStatusCode.OK, await TellAsync(room, "Bearer brackish", """
            {"address":"READER1@example.org","kind":"Bounce"}
            {"address":"reader1@example.org","kind":"bounce"}

            {"address":"reader2@example.org","kind":"complaint"}
            {"address":"reader3@example.org","kind":"delayed"}
            {"address":"nobody@example.org","kind":"bounce"}
            this is no JSON
            """));
        var left = await room.App.FromElsewhereAsync(db => db.Subscribers.AsNoTracking().OrderBy(s => s.Id).Select(s => new { s.Address, s.State }).ToListAsync());
        Assert.Equal([("reader1@example.org", SubscriberState.Bounced), ("reader3@example.org", SubscriberState.Subscribed)], left.Select(s => (s.Address, s.State)));
        var mark = await room.App.FromElsewhereAsync(db => db.Suppressed.AsNoTracking().SingleAsync());
        Assert.Equal((Suppression.Complained, 43), (mark.Why, mark.Mark.Length));

        await room.SignUpAsync("Reader2@example.org");
        await NewsHubApp.EventuallyAsync(async () => await room.App.FromElsewhereAsync(db => db.SignUps.CountAsync()) == 0, "it is seen to");
        Assert.Empty(room.Office.Mail);
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_such_address_and_nonsense_is_told_to_be_nonsense()
    {
        await using (var shut = new MailRoom()) Assert.Equal(HttpStatusCode.NotFound, await TellAsync(shut, "Bearer ", """{"address":"reader1@example.org","kind":"bounce"}"""));
        await using var room = new MailRoom(("Newsletter:BounceSecret", "brackish"));
        Assert.Equal(HttpStatusCode.BadRequest, await TellAsync(room, "Bearer brackish", "[1,2]\nnull\n{}"));
    }

    private static async Task<HttpStatusCode> TellAsync(MailRoom room, string? secret, string lines)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/newsletter/bounces") { Content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson") };
        if (secret is not null) request.Headers.TryAddWithoutValidation("Authorization", secret);
        using var answer = await room.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
