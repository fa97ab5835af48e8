using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Events;
using NewsHub.Core.Webhooks;
using NewsHub.Web.Jobs;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Webhooks;

/// <summary>A small paper, an administrator, and somebody elsewhere who is told.</summary>
internal sealed class HookRoom : IAsyncDisposable
{
    private readonly MadeUpPaper _paper = new MadeUpPaper().Story("2025-06-26", "boats", "Boats are back");
    private Colleague? _me;

    public required Receiver Receiver { get; init; }
    public NewsHubApp App { get; private set; } = null!;
    public DateTimeOffset Now => App.Time.GetUtcNow();

    public static async Task<HookRoom> OpenAsync(params (string Name, string Value)[] settings)
    {
        var room = new HookRoom { Receiver = await Receiver.OpenAsync() };
        room.App =
            new WithSettings(
                [("Webhooks:AllowHttp", "true"), ("Outbound:Allow:0", room.Receiver.Host), ("Outbound:Seconds", "2"), .. settings])
            {
                Content = room._paper.Folder,
            };
        return room;
    }

    private sealed class WithSettings((string Name, string Value)[] settings) : NewsHubApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            foreach (var (name, value) in settings) builder.UseSetting(name, value);
        }
    }

    public async Task<Colleague> MeAsync() => _me ??= await Colleague.SignedInAsync(App, Role.Administrator);

    /// <summary>As the newsroom's page does it.</summary>
    public async Task<(long Id, string Secret)> RegisterAsync(string path = "/in", WebhookEventType? only = null)
    {
        var address = $"http://{Receiver.Host}{path}";
        var me = await MeAsync();
        var answer = await me.PostAsync("/admin/webhooks",
            [
                new("__RequestVerificationToken", await me.TokenAsync()),
                new("Address", address),
                .. WebhookEventTypes.All.Where(o => only is null || o.EventType == only)
                    .Select(o => new KeyValuePair<string, string>("Chosen", o.EventType.ToString())),
            ]);
        var secret = answer.Page.QuerySelector("code.secret")?.TextContent;
        Assert.True(secret is not null, $"No secret was shown: {answer.Page.QuerySelector("#problems")?.TextContent}");
        return (await App.FromElsewhereAsync(db => db.Webhooks.Where(w => w.Address == address).Select(w => w.Id).SingleAsync()), secret!);
    }

    /// <summary>Presses a button of the webhook's page.</summary>
    public async Task PressAsync(long hook, string form) =>
        ActRoom.LedTo($"/admin/webhooks/{hook}", await (await MeAsync()).SubmitAsync($"/admin/webhooks/{hook}", form: $"form.{form}"));

    public Task<string> PublishAsync(string headline = "Late news") => App.FromElsewhereAsync(db => Desk.PublishAsync(db, headline, Now));

    public Task<List<Delivery>> LogAsync() => App.FromElsewhereAsync(db => db.Deliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync());

    public async Task<Letter> LetterAsync(int number)
    {
        await EventuallyAsync(() => Task.FromResult(Receiver.Letters.Count >= number), $"letter {number} came");
        return Receiver.Letters.ElementAt(number - 1);
    }

    /// <summary>Waits with the job kept awake: the clock may have been turned at the very moment at which it
    /// reckoned how long to sleep.</summary>
    public Task EventuallyAsync(Func<Task<bool>> so, string sentence) => NewsHubApp.EventuallyAsync(() =>
    {
        App.Services.GetRequiredService<SendWebhooks>().Wake();
        return so();
    }, sentence);

    /// <summary>The only delivery, once it is so.</summary>
    public async Task<Delivery> DeliveryAsync(Func<Delivery, bool> so, string sentence)
    {
        await EventuallyAsync(async () => (await LogAsync()) is [.., var d] && so(d), sentence);
        return (await LogAsync())[^1];
    }

    public async ValueTask DisposeAsync()
    {
        _me?.Dispose();
        await App.DisposeAsync();
        await Receiver.DisposeAsync();
        _paper.Dispose();
    }
}
