using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace NewsHub.Core.Mail;

/// <summary>A mail server.</summary>
/// <param name="Tls"><c>auto</c>: encrypted, from the first byte at port 465, by STARTTLS elsewhere, and only on one's own machine in the
/// clear; <c>implicit</c>, <c>starttls</c>, <c>none</c>.</param>
public sealed record SmtpServer(string Host, int Port, string? User, string? Password, SmtpTls Tls);

public enum SmtpTls
{
    Auto,
    Implicit,
    StartTls,
    None,
}

/// <summary>Hands mail to a server.</summary>
public sealed class SmtpMailer(SmtpServer server, MailboxAddress from, TimeProvider clock) : IMailer
{
    private const int Patience = 20_000;

    public async Task SendAsync(Email email, CancellationToken cancel = default)
    {
        await using var round = await OpenAsync(cancel);
        await round.SendAsync(email, cancel);
    }

    public async Task<IMailRound> OpenAsync(CancellationToken cancel = default)
    {
        var client = new SmtpClient { Timeout = Patience };
        try
        {
            await client.ConnectAsync(server.Host, server.Port, Security, cancel);
            if (server.User is { Length: > 0 } user) await client.AuthenticateAsync(user, server.Password ?? "", cancel);
            return new Round(this, client);
        }
        catch (Exception e)
        {
            client.Dispose();
            if (!IsMail(e)) throw;
            throw Failed(e);
        }
    }

    private async Task SendAsync(SmtpClient client, Email email, CancellationToken cancel)
    {
        using var message = email.Sealed(from, clock.GetUtcNow());
        try
        {
            await client.SendAsync(message, cancel);
        }
        catch (Exception e) when (IsMail(e))
        {
            throw Failed(e);
        }
    }

    private static bool IsMail(Exception e) => e is SocketException or IOException or SmtpCommandException or SmtpProtocolException
        or AuthenticationException or SslHandshakeException or NotSupportedException or TimeoutException
        or MailKit.ServiceNotConnectedException or MailKit.ServiceNotAuthenticatedException;

    private MailFailedException Failed(Exception e) => new(e switch
    {
        SocketException => $"The mail server {server.Host} cannot be reached at port {server.Port}.",
        AuthenticationException => $"The mail server {server.Host} does not accept our user name and password: {e.Message}",
        MailKit.ServiceNotAuthenticatedException => $"The mail server {server.Host} wants a user name and password: {e.Message}",
        SslHandshakeException =>
            $"No safe connection to the mail server {server.Host} is possible: its certificate or its TLS is not valid.",
        NotSupportedException => $"The mail server {server.Host} does not offer what Smtp:Tls or Smtp:User asks for: {e.Message}",
        SmtpCommandException refused => $"The mail server {server.Host} refused the mail: {refused.Message}",
        _ => $"The mail server {server.Host} ended the connection.",
    }, e)
    {
        Fault = e is SmtpCommandException said ? FaultOf(said) : MailFault.NoWayOut,
    };

    private static MailFault FaultOf(SmtpCommandException said) => (said.ErrorCode, (int)said.StatusCode) switch
    {
        // Who we are is refused, or the server closes: the next mail would fare no better.
        (SmtpErrorCode.SenderNotAccepted, _) or (_, 421) => MailFault.NoWayOut,
        (_, < 500) => MailFault.NotNow,
        (SmtpErrorCode.RecipientNotAccepted, _) => MailFault.NoSuchAddress,
        _ => MailFault.Never,
    };

    private sealed class Round(SmtpMailer mailer, SmtpClient client) : IMailRound
    {
        public Task SendAsync(Email email, CancellationToken cancel = default) => mailer.SendAsync(client, email, cancel);

        public async ValueTask DisposeAsync()
        {
            try
            {
                if (client.IsConnected) await client.DisconnectAsync(quit: true, CancellationToken.None);
            }
            catch (Exception e) when (IsMail(e))
            {
                // It has what it was given; that it did not say goodbye is no fault of the mail's.
            }
            client.Dispose();
        }
    }

    private SecureSocketOptions Security => server.Tls switch
    {
        SmtpTls.Implicit => SecureSocketOptions.SslOnConnect,
        SmtpTls.StartTls => SecureSocketOptions.StartTls,
        SmtpTls.None => SecureSocketOptions.None,
        _ when server.Port == 465 => SecureSocketOptions.SslOnConnect,
        _ when server.Host is "localhost" or "127.0.0.1" or "::1" => SecureSocketOptions.StartTlsWhenAvailable,
        _ => SecureSocketOptions.StartTls,
    };
}
