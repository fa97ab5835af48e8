using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace NewsHub.Web.Tests.Newsletters;

/// <summary>A real mail server, in this process, that takes whatever it is told to take.</summary>
internal sealed class PostOffice : IMessageStoreFactory, IMailboxFilterFactory, IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _open;

    public PostOffice()
    {
        using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        var services = new ServiceProvider();
        services.Add((IMessageStoreFactory)this);
        services.Add((IMailboxFilterFactory)this);
        _open = Task.Run(() => new global::SmtpServer.SmtpServer(
            new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(e => e.Port(Port)).Build(),
            services).StartAsync(_closing.Token));
    }

    public int Port { get; }
    public ConcurrentQueue<MimeMessage> Mail { get; } = [];

    /// <summary>How many connections mail came by.</summary>
    public ConcurrentDictionary<ISessionContext, int> Connections { get; } = [];

    /// <summary>What is said to mail for an address; taken where nothing is.</summary>
    public ConcurrentDictionary<string, SmtpReplyCode> Says { get; } = [];

    /// <summary>Nobody has these addresses.</summary>
    public ConcurrentDictionary<string, bool> Unknown { get; } = [];

    /// <summary>Called when a mail was taken.</summary>
    public Action<int> Taken { get; set; } = _ => { };

    public IReadOnlyList<MimeMessage> To(string address) => [.. Mail.Where(m => m.To.Mailboxes.Single().Address == address)];

    /// <summary>The newest mail to somebody whose subject has this in it, as soon as it is there.</summary>
    public async Task<MimeMessage> ExpectAsync(string to, string subject)
    {
        MimeMessage? found = null;
        await NewsHubApp.EventuallyAsync(
            () => Task.FromResult((found = To(to).LastOrDefault(m => m.Subject!.Contains(subject, StringComparison.Ordinal))) is not null),
            $"a mail about '{subject}' went to {to}");
        return found!;
    }

    IMessageStore ISessionContextInstanceFactory<IMessageStore>.CreateInstance(ISessionContext context) => new Box(this);

    IMailboxFilter ISessionContextInstanceFactory<IMailboxFilter>.CreateInstance(ISessionContext context) => new Counter(this);

    public void Dispose()
    {
        _closing.Cancel();
        ((IAsyncResult)_open).AsyncWaitHandle.WaitOne();
        _closing.Dispose();
    }

    private sealed class Box(PostOffice office) : MessageStore
    {
        public override Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            var message = MimeMessage.Load(new MemoryStream(buffer.ToArray()), cancellationToken);
            var to = message.To.Mailboxes.Single().Address;
            if (office.Says.TryGetValue(to, out var code)) return Task.FromResult(new SmtpResponse(code, $"not for {to}"));
            office.Connections.AddOrUpdate(context, 1, (_, n) => n + 1);
            office.Mail.Enqueue(message);
            office.Taken(office.Mail.Count);
            return Task.FromResult(SmtpResponse.Ok);
        }
    }

    private sealed class Counter(PostOffice office) : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(
            ISessionContext context,
            IMailbox to,
            IMailbox from,
            CancellationToken cancellationToken) => Task.FromResult(!office.Unknown.ContainsKey($"{to.User}@{to.Host}"));
    }
}
