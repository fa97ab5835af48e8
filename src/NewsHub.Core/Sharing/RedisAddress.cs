using System.Globalization;
using StackExchange.Redis;

namespace NewsHub.Core.Sharing;

/// <summary>Where a Redis is, in either of two forms: an address such as <c>redis://user:password@host:6379/0</c>, or the client's own,
/// such as <c>host:6379,password=…</c>.</summary>
public static class RedisAddress
{
    private const int Port = 6379;

    /// <returns>How it is reached; null where the text is neither form.</returns>
    public static ConfigurationOptions? Read(string text)
    {
        var options = text.Contains("://", StringComparison.Ordinal) ? FromUri(text) : FromOwnForm(text);
        if (options is null) return null;
        options.SetDefaultPorts();
        // Connecting goes on in the background. Meanwhile a node counts for itself, and nothing is kept to be sent later.
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ConnectTimeout = 2000;
        options.AsyncTimeout = options.SyncTimeout = 1000;
        options.ReconnectRetryPolicy = new LinearRetry(1000);
        options.KeepAlive = 5;
        // No second connection that listens for changes of master.
        options.ConfigurationChannel = "";
        options.ClientName ??= "newshub";
        return options;
    }

    private static ConfigurationOptions? FromUri(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss") || uri.Host.Length == 0
            || uri.Query.Length > 0 || uri.Fragment.Length > 0 || text.Any(char.IsWhiteSpace))
            return null;
        var path = uri.AbsolutePath.Trim('/');
        var database = 0;
        if (path.Length > 0 && !int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out database)) return null;
        var options = new ConfigurationOptions
        {
            EndPoints = { { uri.IdnHost, uri.Port > 0 ? uri.Port : Port } },
            DefaultDatabase = database,
            Ssl = uri.Scheme == "rediss",
        };
        if (options.Ssl) options.SslHost = uri.IdnHost;
        if (uri.UserInfo.Length == 0) return options;
        // Without a colon some take it for the name, and some for the password.
        var colon = uri.UserInfo.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return null;
        if (colon > 0) options.User = Uri.UnescapeDataString(uri.UserInfo[..colon]);
        options.Password = Uri.UnescapeDataString(uri.UserInfo[(colon + 1)..]);
        return options;
    }

    private static ConfigurationOptions? FromOwnForm(string text)
    {
        try
        {
            var options = ConfigurationOptions.Parse(text);
            return options.EndPoints.Count > 0 && !options.EndPoints.Any(e => e.ToString()!.Any(char.IsWhiteSpace)) ? options : null;
        }
        // What the client says may have the value in it.
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }
}
