using System.Net;
using System.Net.Sockets;
using NewsHub.Core.Store;
using NewsHub.Web.Options;

namespace NewsHub.Web.Setup;

/// <summary>What can keep the program from working, looked at before anything is built: whoever starts it is told at once.</summary>
internal static class StartChecks
{
    /// <summary>The data folder, for whatever works on the store.</summary>
    /// <returns>What was changed there, or should be, as a sentence; null where all was as it should be.</returns>
    /// <exception cref="StoreException">It cannot be written to.</exception>
    public static string? DataFolder(IConfiguration settings)
    {
        var folders = Folders.From(Settings.Read<FolderOptions>(settings));
        var said = Core.Store.DataFolder.Prepare(folders.Data, folders.Store);
        PrivateFiles.CreateFolder(folders.Keys);
        return said;
    }

    /// <summary>Whether the store can be used: the paper does not start on one that another program holds locked. (A
    /// command waits for a while.)</summary>
    /// <exception cref="StoreException">It is being restored, is locked, can only be read, or is a newer program's.</exception>
    public static void Store(IConfiguration settings) =>
        StoreSetup.Provider(settings, patience: 1).Check();

    /// <summary>Whether the addresses are free at which it is to listen. Kestrel would say so only after the first import.</summary>
    /// <exception cref="IOException">Another program listens there, or this user may not.</exception>
    public static void Addresses(IConfiguration settings)
    {
        foreach (var url in (settings["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Port 0 is whichever is free; what is no such address is Kestrel's to judge.
            if (!Uri.TryCreate(
                url.Replace("://+", "://0.0.0.0", StringComparison.Ordinal).Replace("://*", "://0.0.0.0", StringComparison.Ordinal),
                UriKind.Absolute,
                out var uri) || uri.Scheme is not ("http" or "https") || uri.Port == 0)
            {
                continue;
            }
            if ((uri.Host == "localhost" ? IPAddress.Loopback
                : IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) ? ip
                : null) is not { } at)
            {
                continue;
            }
            try
            {
                using var listener = new TcpListener(at, uri.Port);
                listener.Start();
            }
            catch (SocketException e)
                when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied or SocketError.AddressNotAvailable)
            {
                throw new IOException(e.SocketErrorCode switch
                {
                    SocketError.AddressAlreadyInUse =>
                        $"Another program listens at {url}. End it, or choose another address by --urls or ASPNETCORE_URLS.",
                    SocketError.AccessDenied => $"This user may not listen at {url}: ports below 1024 are the administrator's. Choose "
                        + "another by --urls or ASPNETCORE_URLS.",
                    _ => $"This machine has no such address as {url}. Choose another by --urls or ASPNETCORE_URLS.",
                }, e);
            }
        }
    }
}
