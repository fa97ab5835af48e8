using System.Globalization;
using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;
using NewsHub.Web.Tests.Commands;
using Server = NewsHub.Web.Tests.Commands.Program;

namespace NewsHub.Web.Tests.Admin;

/// <summary>The program in a process of its own, killed while someone writes.</summary>
[NeedsProcess]
public sealed class KilledWhileWritingTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("newshub-killed-");
    private readonly HttpClientHandler _cookies = new() { AllowAutoRedirect = false };

    public void Dispose()
    {
        _cookies.Dispose();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_kill_in_the_middle_of_autosaves_loses_nothing_acknowledged_and_begins_nothing_twice()
    {
        using var client = new HttpClient(_cookies);
        Dictionary<string, string> first;
        long story;
        var (told, sent) = (0, 0);
        Task writing;
        using (var server = await Server.ServeAsync(_data.FullName, Repository.Content))
        {
            await SignInAsync(client, server.Address);
            first = await FormAsync(client, new Uri(server.Address, "/admin/stories/new"));
            var begun = await SaveAsync(server.Address, "/admin/stories/new", first, "Word 0.");
            story = begun.GetProperty("id").GetInt64();
            var enough = new TaskCompletionSource();
            writing = Task.Run(async () =>
            {
                try
                {
                    var form = new Dictionary<string, string>(first)
                    {
                        ["Base"] = begun.GetProperty("base").GetInt32().ToString(CultureInfo.InvariantCulture),
                    };
                    while (true)
                    {
                        var number = Interlocked.Increment(ref sent);
                        var kept = await SaveAsync(server.Address, $"/admin/stories/{story}", form, $"Word {number}.");
                        form["Base"] = kept.GetProperty("base").GetInt32().ToString(CultureInfo.InvariantCulture);
                        told = number;
                        if (number == 8) enough.TrySetResult();
                    }
                }
                catch (HttpRequestException)
                {
                    // It was killed.
                }
                finally
                {
                    enough.TrySetResult();
                }
            });
            // It is killed while the next is on its way.
            await enough.Task;
        }
        await writing;
        Assert.True(told >= 8, $"Only {told} texts were acknowledged.");

        using var again = await Server.ServeAsync(_data.FullName, Repository.Content);
        var form = await FormAsync(client, new Uri(again.Address, $"/admin/stories/{story}"));
        Assert.InRange(int.Parse(form["Manuscript.Body"].Trim('W', 'o', 'r', 'd', ' ', '.'), CultureInfo.InvariantCulture), told, sent);

        // The answer to the very first was lost, so the browser thinks: it sends it once more, to a program that never heard of it.
        var late = await SaveAsync(again.Address, "/admin/stories/new", first, "Word 0.");
        Assert.Equal((story, true), (late.GetProperty("id").GetInt64(), late.GetProperty("again").GetBoolean()));

        async Task<JsonElement> SaveAsync(Uri server, string path, Dictionary<string, string> form, string body)
        {
            using var content = new FormUrlEncodedContent(new Dictionary<string, string>(form) { ["Manuscript.Body"] = body });
            using var answer = await client.PostAsync(new Uri(server, path + "?handler=Autosave"), content);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode is HttpStatusCode.OK, $"{path} answered {answer.StatusCode}: {text}");
            using var json = JsonDocument.Parse(text);
            return json.RootElement.Clone();
        }
    }

    private async Task SignInAsync(HttpClient client, Uri server)
    {
        await using (var db = new NewsDb((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>()
            .UseSqliteStore(Path.Combine(_data.FullName, "news.db")).Options))
        {
            var member = new StaffMember("ada@example.org", "Ada Obi", Role.Editor, DateTimeOffset.UnixEpoch)
            {
                EmailConfirmed = true,
                NormalizedEmail = "ADA@EXAMPLE.ORG",
                NormalizedUserName = "ADA@EXAMPLE.ORG",
                SecurityStamp = "killed",
            };
            member.PasswordHash = new PasswordHasher<StaffMember>().HashPassword(member, Colleague.Password);
            db.Staff.Add(member);
            await db.SaveChangesAsync();
        }
        var door = new Uri(server, "/admin/sign-in");
        var form = await FormAsync(client, door);
        using var content = new FormUrlEncodedContent(
            new Dictionary<string, string>(form) { ["Email"] = "ada@example.org", ["Password"] = Colleague.Password });
        using var answer = await client.PostAsync(door, content);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private static async Task<Dictionary<string, string>> FormAsync(HttpClient client, Uri address)
    {
        using var page = new HtmlParser().ParseDocument(await client.GetStringAsync(address));
        var form = Assert.IsAssignableFrom<IHtmlFormElement>(page.QuerySelector("main form[method=post]"));
        return form.Elements
            .OfType<IHtmlElement>()
            .Where(e => e.GetAttribute("name") is { Length: > 0 } && e is not IHtmlInputElement { Type: "checkbox" or "radio" })
            .ToDictionary(e => e.GetAttribute("name")!, e => e switch
            {
                IHtmlInputElement input => input.Value,
                IHtmlTextAreaElement area => area.Value,
                IHtmlSelectElement select => select.Value ?? "",
                _ => "",
            });
    }
}
