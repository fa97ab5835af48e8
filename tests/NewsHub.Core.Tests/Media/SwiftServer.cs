using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using NewsHub.Core.Media;

namespace NewsHub.Core.Tests.Media;

/// <summary>
/// A real object store: OpenStack's Swift with its S3 API, as Debian has it, which looks at signatures and at the hash of what is sent.
/// One for all tests of a run; it ends with this process, however that ends.
/// </summary>
internal sealed class SwiftServer
{
    public const string Missing = "There is no OpenStack Swift here (swift-proxy, swift-account, swift-container, swift-object); tests/run "
        + "installs it where apt-get has it.";

    private const string Key = "test:tester", Secret = "testing";
    private const string Python = "/usr/bin/python3";
    private static readonly string[] Servers = ["account", "container", "object", "proxy"];
    private static readonly Lazy<Task<SwiftServer>> One = new(StartAsync);
    private readonly Process _shell;

    private SwiftServer(Process shell, Uri endpoint) => (_shell, Endpoint) = (shell, endpoint);

    public static bool IsInstalled { get; } =
        OperatingSystem.IsLinux() && File.Exists(Python) && Array.TrueForAll(Servers, s => File.Exists(Program(s)));

    public Uri Endpoint { get; }

    /// <summary>The running one; where it is not installed the test is skipped, by name and with the reason.</summary>
    public static Task<SwiftServer> GetAsync()
    {
        Assert.SkipUnless(IsInstalled, Missing);
        return One.Value;
    }

    /// <summary>The address at which anybody reads a public bucket.</summary>
    public string PublicAddressOf(S3Connection bucket) => $"{Endpoint}v1/AUTH_{Key.Split(':')[0]}/{bucket.Bucket}";

    /// <summary>A new, empty bucket.</summary>
    /// <param name="by">Another address that leads to it.</param>
    /// <param name="isPublic">Whether anybody may read it.</param>
    public async Task<S3Connection> BucketAsync(Uri? by = null, TimeSpan? timeout = null, bool isPublic = false)
    {
        var bucket = "b-" + Guid.NewGuid().ToString("n");
        using var client = new AmazonS3Client(new BasicAWSCredentials(Key, Secret), new AmazonS3Config
        {
            ServiceURL = Endpoint.AbsoluteUri,
            AuthenticationRegion = "us-east-1",
            ForcePathStyle = true,
        });
        await client.PutBucketAsync(
            new PutBucketRequest { BucketName = bucket, CannedACL = isPublic ? S3CannedACL.PublicRead : S3CannedACL.Private },
            TestContext.Current.CancellationToken);
        return new S3Connection
        {
            Endpoint = by ?? Endpoint,
            Bucket = bucket,
            Key = Key,
            Secret = Secret,
            Timeout = timeout ?? TimeSpan.FromSeconds(30),
        };
    }

    private static string Program(string server) => $"/usr/bin/swift-{server}-server";

    private static async Task<SwiftServer> StartAsync()
    {
        var root = Directory.CreateTempSubdirectory("newshub-swift-").FullName;
        var ports = FreePorts(Servers.Length);
        Directory.CreateDirectory(Path.Combine(root, "devices", "d1"));
        await File.WriteAllTextAsync(Path.Combine(root, "swift.conf"), """
            [swift-hash]
            swift_hash_path_suffix = tests
            [storage-policy:0]
            name = Policy-0
            default = yes
            """);
        foreach (var (server, port) in Servers.Zip(ports))
            await File.WriteAllTextAsync(Path.Combine(root, server + ".conf"), Configuration(server, port, root));
        // When this process ends its end of the pipe is closed, and the shell goes on to the line after "read".
        var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"""
            cd '{root}' || exit 1
            {Python} -c '
            import sys
            from swift.common.ring import RingBuilder
            for name, port in zip(("account", "container", "object"), sys.argv[1:]):
                ring = RingBuilder(1, 1, 1)
                ring.add_dev(dict(region=1, zone=1, ip="127.0.0.1", port=int(port), device="d1", weight=1))
                ring.rebalance()
                ring.get_ring().save(name + ".ring.gz")
            ' {string.Join(' ', ports.Take(3))} > rings.log 2>&1 || exit 1
            for server in {string.Join(' ', Servers)}; do
              /usr/bin/swift-$server-server '{root}'/$server.conf > $server.log 2>&1 < /dev/null & all="$all $!"
            done
            read -r end
            kill $all; wait; cd /; rm -rf '{root}'
            """])
        { RedirectStandardInput = true })!;
        var started = new SwiftServer(shell, new Uri($"http://127.0.0.1:{ports[^1]}"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => started.Stop();
        using var client = new HttpClient();
        for (var deadline = DateTime.UtcNow.AddMinutes(1); ; await Task.Delay(50))
        {
            try
            {
                using var store = new S3MediaStore(await started.BucketAsync());
                await store.SaveAsync("started", new byte[] { 1 });
                return started;
            }
            catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException or IOException)
            {
                if (shell.HasExited || DateTime.UtcNow > deadline)
                    throw new InvalidOperationException($"Swift did not start: {string.Join('\n', Logs(root))}", e);
            }
        }
    }

    private static IEnumerable<string> Logs(string root) =>
        Directory.Exists(root) ? Directory.GetFiles(root, "*.log").Select(f => $"{Path.GetFileName(f)}: {File.ReadAllText(f)}") : [];

    private static string Configuration(string server, int port, string root) => $"""
        [DEFAULT]
        bind_ip = 127.0.0.1
        bind_port = {port}
        workers = 0
        swift_dir = {root}
        devices = {root}/devices
        mount_check = false
        disable_fallocate = true
        user = {Environment.UserName}
        account_autocreate = true

        """ + (server != "proxy"
        ? $"""
            [pipeline:main]
            pipeline = {server}-server
            [app:{server}-server]
            use = egg:swift#{server}
            """
        : $"""
            [pipeline:main]
            pipeline = catch_errors cache s3api tempauth bulk proxy-server
            [app:proxy-server]
            use = egg:swift#proxy
            account_autocreate = true
            # By itself it asks a server that was slow or not yet there a few times no more for a minute.
            error_suppression_limit = 1000000
            error_suppression_interval = 0
            conn_timeout = 10
            node_timeout = 60
            [filter:tempauth]
            use = egg:swift#tempauth
            user_{Key.Replace(':', '_')} = {Secret} .admin
            [filter:s3api]
            use = egg:swift#s3api
            location = us-east-1
            [filter:bulk]
            use = egg:swift#bulk
            [filter:catch_errors]
            use = egg:swift#catch_errors
            [filter:cache]
            use = egg:swift#memcache
            memcache_servers = 127.0.0.1:1
            """);

    /// <summary>Ports of this machine on which nobody listens.</summary>
    public static int[] FreePorts(int count)
    {
        var ports = new HashSet<int>();
        while (ports.Count < count)
        {
            // Below those that the system gives away by itself: until the server listens, nobody is given it.
            var port = Random.Shared.Next(12_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                ports.Add(port);
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
        return [.. ports];
    }

    private void Stop()
    {
        _shell.StandardInput.Close();
        _shell.WaitForExit(TimeSpan.FromSeconds(10));
    }
}
