using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using NewsHub.Core.Events;
using NewsHub.Core.Mail;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Against a real mail server, in this process.</summary>
public sealed class MailTests : IDisposable
{
    private readonly PostOffice _office = new();
    private readonly MadeUpPaper _paper = new();

    public void Dispose()
    {
        _office.Dispose();
        _paper.Dispose();
    }

    private Mailing App(string password = "letters", string tls = "none", string? content = null) => new Mailing(new()
    {
        ["Smtp:Host"] = "localhost",
        ["Smtp:Port"] = $"{_office.Port}",
        ["Smtp:User"] = "lantern",
        ["Smtp:Password"] = password,
        ["Smtp:From"] = "The Lantern <desk@lantern.example>",
        ["Smtp:Tls"] = tls,
    })
    { Content = content ?? _paper.Folder };

    [Fact]
    public async Task An_invitation_goes_out_through_the_mail_server_and_not_into_the_outbox()
    {
        using var app = App();
        using var administrator = await Colleague.SignedInAsync(app, Role.Administrator);
        await administrator.SubmitAsync(
            "/admin/team/invite", new() { ["Name"] = "Bọ́lá Adé", ["Email"] = "bola@example.org", ["Role"] = "Editor" });
        var mail = Assert.Single(_office.Mail);
        Assert.Equal(("desk@lantern.example", "The Lantern"), (mail.From.Mailboxes.Single().Address, mail.From.Mailboxes.Single().Name));
        Assert.Equal(("bola@example.org", "Bọ́lá Adé"), (mail.To.Mailboxes.Single().Address, mail.To.Mailboxes.Single().Name));
        Assert.Equal(HttpStatusCode.OK, (await Colleague.Stranger(app).GetAsync(Outbox.PathIn(mail))).Status);
        Assert.Empty(Outbox.Of(app));
    }

    [Fact]
    public async Task An_invitation_that_does_not_go_out_is_told_and_can_be_sent_again()
    {
        using var app = App();
        using var administrator = await Colleague.SignedInAsync(app, Role.Administrator);
        _office.Refuses = true;
        var invited = await administrator.SubmitAsync(
            "/admin/team/invite", new() { ["Name"] = "Bo Ade", ["Email"] = "bo@example.org", ["Role"] = "Editor" });
        Assert.Equal(HttpStatusCode.Redirect, invited.Status);
        var page = await administrator.GetAsync(invited.Header("Location")!);
        Assert.Contains("could not be sent. The mail server localhost refused the mail", page.Page.QuerySelector(".said")!.TextContent,
            StringComparison.Ordinal);
        Assert.Contains(
            "Bo Ade", (await administrator.GetAsync("/admin/team")).Page.QuerySelector(".problems")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(_office.Mail);

        _office.Refuses = false;
        await administrator.SendAsync(page, form: "form.invite");
        Assert.Single(_office.Mail);
    }

    [Fact]
    public async Task A_test_mail_goes_to_whoever_asks_once_a_minute_and_a_refusal_is_said_in_the_servers_words()
    {
        using var app = App();
        using var administrator = await Colleague.SignedInAsync(app, Role.Administrator);
        var settings = await administrator.GetAsync("/admin/settings");
        Assert.Contains(
            $"localhost, port {_office.Port}", settings.Page.QuerySelector("#mail")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("desk@lantern.example", settings.Page.QuerySelector("#mail")!.TextContent, StringComparison.Ordinal);

        ActRoom.LedTo("/admin/settings#mail", await administrator.SendAsync(settings, form: "form.test-mail"));
        var mail = Assert.Single(_office.Mail);
        Assert.Contains(
            mail.To.Mailboxes.Single().Address, settings.Page.QuerySelector(".test-mail")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "The mail server accepted a test", (await administrator.GetAsync("/admin/settings")).Page.QuerySelector(".said")!.TextContent,
            StringComparison.Ordinal);

        var again = await administrator.SubmitAsync("/admin/settings", form: "form.test-mail");
        Assert.Equal(HttpStatusCode.TooManyRequests, again.Status);
        Assert.Contains("one test a minute", again.Page.QuerySelector("#problems")!.TextContent, StringComparison.Ordinal);
        Assert.Single(_office.Mail);

        app.Time.Advance(TimeSpan.FromSeconds(61));
        _office.Refuses = true;
        var refused = await administrator.SubmitAsync("/admin/settings", form: "form.test-mail");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("the box is full", refused.Page.QuerySelector("#problems")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(refused.Page.QuerySelector("form.test-mail"));
    }

    [Fact]
    public async Task Without_a_mail_server_the_settings_say_so_and_a_test_lies_in_the_outbox()
    {
        using var app = new NewsHubApp { Content = _paper.Folder };
        using var administrator = await Colleague.SignedInAsync(app, Role.Administrator);
        var settings = await administrator.GetAsync("/admin/settings");
        Assert.Contains("Emails are not sent", settings.Page.QuerySelector("#mail")!.TextContent, StringComparison.Ordinal);
        ActRoom.LedTo("/admin/settings#mail", await administrator.SendAsync(settings, form: "form.test-mail"));
        Assert.Contains("A test from the newsroom of", Assert.Single(Outbox.Of(app)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_all_first_steps_are_done_the_desk_says_no_more_of_them()
    {
        using var app = App(content: Repository.Content);
        using var administrator = await Colleague.SignedInAsync(app, Role.Administrator);
        using var reporter = await Colleague.SignedInAsync(app, Role.Reporter, "Rex Moor");
        await administrator.SubmitAsync("/admin/settings", new() { ["Name"] = "The Harbour Bell" });
        var left = (await administrator.GetAsync("/admin")).Page.QuerySelectorAll(".first-steps li")
            .Where(s => s.QuerySelector(".note") is null).Select(s => s.QuerySelector("a")!.TextContent);
        Assert.Equal(["Link your account to your author"], left);
        var author = (await administrator.GetAsync("/admin/account")).Page.QuerySelector("#Author option:not([value=''])")!;
        await administrator.SubmitAsync(
            "/admin/account", new() { ["Author"] = author.GetAttribute("value")! }, "form.byline-form");
        Assert.Null((await administrator.GetAsync("/admin")).Page.QuerySelector(".first-steps"));
    }

    [Fact]
    public async Task A_test_by_a_mail_server_that_is_not_there_is_a_sentence()
    {
        _office.Dispose();
        using var app = App();
        using var administrator = await Colleague.SignedInAsync(app, Role.Administrator);
        var answer = await administrator.SubmitAsync("/admin/settings", form: "form.test-mail");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("cannot be reached at port", answer.Page.QuerySelector("#problems")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong", "none", "does not accept our user name and password: ")]
    [InlineData("letters", "starttls", "does not offer what Smtp:Tls")]
    [InlineData("letters", "implicit", "No safe connection to the mail server")]
    public async Task What_is_wrong_with_the_mail_server_is_said_in_a_sentence(string password, string tls, string sentence)
    {
        using var app = App(password, tls);
        using var administrator = await Colleague.SignedInAsync(app, Role.Administrator);
        await administrator.SubmitAsync(
            "/admin/team/invite", new() { ["Name"] = "Bo Ade", ["Email"] = "bo@example.org", ["Role"] = "Editor" });
        Assert.Contains(
            sentence,
            await app.FromElsewhereAsync(db => db.Events.Where(e => e.Act == Act.FailToMail).Select(e => e.Note).SingleAsync()),
            StringComparison.Ordinal);
        Assert.Empty(_office.Mail);
    }

    [Fact]
    public async Task A_mail_server_that_is_not_there_is_said_in_a_sentence()
    {
        _office.Dispose();
        var mailer = new SmtpMailer(new Core.Mail.SmtpServer("localhost", _office.Port, null, null, SmtpTls.Auto),
            new MailboxAddress("", "a@example.org"), TimeProvider.System);
        var failed = await Assert.ThrowsAsync<MailFailedException>(
            () => mailer.SendAsync(new Email("b@example.org", "B", "S", "T"), TestContext.Current.CancellationToken));
        Assert.Equal($"The mail server localhost cannot be reached at port {_office.Port}.", failed.Message);
    }

    private sealed class Mailing(Dictionary<string, string> settings) : NewsHubApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            foreach (var (name, value) in settings) builder.UseSetting(name, value);
        }
    }

    /// <summary>Takes mail of whoever is called lantern with the password letters.</summary>
    private sealed class PostOffice : IUserAuthenticatorFactory, IMessageStoreFactory, IDisposable
    {
        private readonly CancellationTokenSource _closing = new();
        private readonly Task _open;
        private bool _closed;

        public PostOffice()
        {
            using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Port = ((IPEndPoint)free.LocalEndpoint).Port;
            }
            var services = new ServiceProvider();
            services.Add((IUserAuthenticatorFactory)this);
            services.Add((IMessageStoreFactory)this);
            var options = new SmtpServerOptionsBuilder()
                .ServerName("localhost")
                .Endpoint(e => e.Port(Port).AuthenticationRequired(true).AllowUnsecureAuthentication(true))
                .Build();
            _open = Task.Run(() => new global::SmtpServer.SmtpServer(options, services).StartAsync(_closing.Token));
        }

        public int Port { get; }
        public bool Refuses { get; set; }
        public List<MimeMessage> Mail { get; } = [];

        IUserAuthenticator ISessionContextInstanceFactory<IUserAuthenticator>.CreateInstance(ISessionContext context) => new Clerk();

        IMessageStore ISessionContextInstanceFactory<IMessageStore>.CreateInstance(ISessionContext context) => new Box(this);

        public void Dispose()
        {
            if (_closed) return;
            _closed = true;
            _closing.Cancel();
            ((IAsyncResult)_open).AsyncWaitHandle.WaitOne();
            _closing.Dispose();
        }

        /// <summary>By itself: the server disposes of whom it has asked, and must not close the office with it.</summary>
        private sealed class Clerk : IUserAuthenticator
        {
            public Task<bool> AuthenticateAsync(
                ISessionContext context,
                string user,
                string password,
                CancellationToken cancellationToken) => Task.FromResult((user, password) == ("lantern", "letters"));
        }

        private sealed class Box(PostOffice office) : MessageStore
        {
            public override Task<SmtpResponse> SaveAsync(
                ISessionContext context,
                IMessageTransaction transaction,
                ReadOnlySequence<byte> buffer,
                CancellationToken cancellationToken)
            {
                if (office.Refuses) return Task.FromResult(new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "the box is full"));
                lock (office.Mail) office.Mail.Add(MimeMessage.Load(new MemoryStream(buffer.ToArray()), cancellationToken));
                return Task.FromResult(SmtpResponse.Ok);
            }
        }
    }
}
