using System.Diagnostics;
using System.Text;

namespace NewsHub.Web.Tests.Commands;

/// <summary>The built program, run as a process of its own, in a folder where nothing is and with a home that nobody uses.</summary>
internal static class Program
{
    internal sealed record Outcome(int Code, string Output, string Errors);

    public static async Task<Outcome> RunAsync(
        string[] words, IReadOnlyDictionary<string, string>? environment = null, string? folder = null, string? input = null)
    {
        using var process = Start(words, environment, folder);
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        return new Outcome(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts serving at a free port and waits for its address.</summary>
    public static async Task<Serving> ServeAsync(string data, string content, params string[] words)
    {
        var process = Start([
            .. words, "--urls", "http://127.0.0.1:0", "--Rates:Refresh=false", "--Media:MakeAhead=false", $"--Data:Folder={data}",
            $"--Content:Folder={content}",
        ]);
        var said = new StringBuilder();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            said.AppendLine(line);
            if (line.Contains(" is at http", StringComparison.Ordinal))
            {
                // Go on reading, lest the pipe fill up.
                return new Serving(process, new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim()),
                    process.StandardOutput.ReadToEndAsync(CancellationToken.None),
                    process.StandardError.ReadToEndAsync(CancellationToken.None));
            }
        }
        throw new InvalidOperationException(
            $"It ended without an address: {said}{await process.StandardError.ReadToEndAsync(patience.Token)}");
    }

    private static Process Start(string[] words, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "NewsHub.Web.dll"), .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        // The host's own settings must not reach it.
        foreach (var name in start.Environment.Keys
            .Where(k => k.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || k.Contains("__", StringComparison.Ordinal))
            .ToList())
        {
            start.Environment.Remove(name);
        }
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        // It lives for seconds: to measure what code does most costs more than it saves.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

/// <summary>A server in a process of its own; it ends with the test.</summary>
internal sealed class Serving(Process process, Uri address, Task<string> output, Task<string> errors) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = address };

    public Uri Address => address;

    public async Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(path, answer);
    }

    /// <summary>All that it said after its address, once it has stopped.</summary>
    public async Task<string> SaidAsync() => await output + await errors;

    /// <summary>Asks it to stop, as a supervisor does, and gives its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public void Dispose()
    {
        _client.Dispose();
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
