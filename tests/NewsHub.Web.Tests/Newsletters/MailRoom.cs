using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Publishing;
using NewsHub.Core.Store;

namespace NewsHub.Web.Tests.Newsletters;

/// <summary>A made-up paper whose No. 1 came from files, with a mail server beside it.</summary>
internal sealed partial class MailRoom : IAsyncDisposable
{
    public const string Site = "https://lantern.example";

    private readonly MadeUpPaper _paper = Paper();

    public MailRoom(params (string Name, string Value)[] settings)
    {
        App = new Mailing(
            [
                ("Smtp:Host", "localhost"), ("Smtp:Port", $"{Office.Port}"), ("Smtp:Tls", "none"),
                ("Smtp:From", "The Lantern <news@lantern.example>"), ("Site:Url", Site), .. settings,
            ])
        {
            Content = _paper.Folder,
        };
    }

    public PostOffice Office { get; } = new();
    public NewsHubApp App { get; }

    public static MadeUpPaper Paper() => new MadeUpPaper()
        .Story("2025-06-30", "boats", "Boats are back")
        .Story("2025-06-29", "nets", "Nets are out")
        .Edition(1, "2025-06-30", "2025-06-30-boats", "2025-06-29-nets");

    /// <summary>What a reader's browser sends from a page of the paper.</summary>
    public Task<Answer> SendAsync(string path, params (string Name, string Value)[] fields) => SendAsync(App.Client, path, fields);

    public static async Task<Answer> SendAsync(HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(path, answer);
    }

    public Task<Answer> SignUpAsync(string address) => SendAsync("/newsletter", ("address", address));

    /// <summary>Signs up and confirms, as a reader does.</summary>
    /// <returns>The address of the reader's own page.</returns>
    public async Task<string> SubscribeAsync(string address)
    {
        Assert.Equal("/newsletter/asked", (await SignUpAsync(address)).Header("Location"));
        var link = LinkIn(await Office.ExpectAsync(address, "Please confirm"), "confirm");
        var confirmed = await SendAsync(link);
        Assert.Equal(HttpStatusCode.SeeOther, confirmed.Status);
        return confirmed.Header("Location")!;
    }

    /// <summary>Subscribers that are there, without the mails it takes to become one.</summary>
    public Task<int> AddAsync(int count) => App.FromElsewhereAsync(db => AddAsync(db, count));

    public static Task<int> AddAsync(NewsDb db, int count) => db.Database.ExecuteSqlAsync($"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
        INSERT INTO "Subscribers" ("Address", "Folded", "State", "JoinedAt", "Sections", "Bounces") SELECT 'reader' || i || '@example.org', 'reader' || i || '@example.org', 'Subscribed', '2025-06-01 00:00:00', '[]', 0 FROM n
        """);

    /// <summary>An edition with new stories, published as an editor does.</summary>
    public Task<int> PublishAsync(int number, params string[] headlines) =>
        App.FromElsewhereAsync(db => PublishAsync(db, number, App.Time.GetUtcNow(), headlines));

    public static async Task<int> PublishAsync(NewsDb db, int number, DateTimeOffset now, params string[] headlines)
    {
        var edition = new Edition(number, DateOnly.FromDateTime(now.UtcDateTime), $"Edition {number}");
        var slots = new List<(SlotKind, StoryId)>();
        foreach (var headline in headlines)
            slots.Add((slots.Count == 0 ? SlotKind.Lead : SlotKind.Brief, (await Desk.DraftAsync(db, headline, now)).Id));
        edition.Compose(slots);
        db.Editions.Add(edition);
        await db.SaveChangesAsync();
        foreach (var (_, id) in slots) (await db.LoadForEditingAsync(id))!.File(Desk.Editor, now);
        await db.SaveChangesAsync();
        await db.PublishAsync((await db.LoadEditionForEditingAsync(number))!, Desk.Editor, now);
        return number;
    }

    public Task<Bulletin?> BulletinAsync(int number) =>
        App.FromElsewhereAsync(db => db.Bulletins.AsNoTracking().SingleOrDefaultAsync(b => b.Number == number));

    /// <summary>Lets seconds go by until it is so: bulletins go out in their own time.</summary>
    public Task ExpectAsync(int number, BulletinState state) => NewsHubApp.EventuallyAsync(async () =>
    {
        App.Time.Advance(TimeSpan.FromSeconds(1));
        return (await BulletinAsync(number))?.State == state;
    }, $"the bulletin of No. {number} is {state}");

    public Task<Dictionary<MailingState, int>> CountsAsync() => App.FromElsewhereAsync(
        db => db.Mailings.GroupBy(d => d.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count));

    /// <summary>The path of a link in a mail, from its text.</summary>
    public static string LinkIn(MimeMessage mail, string page) => new Uri(Links()
        .Matches(mail.TextBody!)
        .Select(m => m.Value)
        .Single(l => l.Contains($"/newsletter/{page}?", StringComparison.Ordinal))).PathAndQuery;

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Office.Dispose();
        _paper.Dispose();
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Links();

    private sealed class Mailing((string Name, string Value)[] settings) : NewsHubApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            foreach (var (name, value) in settings) builder.UseSetting(name, value);
        }
    }
}
