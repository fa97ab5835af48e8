using System.Diagnostics;

namespace NewsHub.Benchmarks.Cluster;

/// <summary>A shell that kills what the run has started, and removes its folder, as soon as the run is gone, however it ends.</summary>
internal sealed class Guard : IDisposable
{
    private const string Script = """
        trap '' INT TERM HUP
        running=
        while read -r act id; do
          case $act in
            watch) running="$running $id " ;;
            forget) running=$(echo "$running" | sed "s/ $id / /") ;;
          esac
        done
        for id in $running; do kill -9 "$id" 2>/dev/null; done
        rm -rf "$1" 2>/dev/null || { sleep 1; rm -rf "$1"; }
        """;

    private readonly Process _shell;

    public Guard()
    {
        Folder = Directory.CreateTempSubdirectory("newshub-cluster-").FullName;
        _shell = Process.Start(new ProcessStartInfo("sh", ["-c", Script, "guard", Folder])
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        })!;
        _shell.StandardInput.AutoFlush = true;
    }

    /// <summary>The folder for all that the run writes.</summary>
    public string Folder { get; }

    /// <summary>Starts a program, which ends with the run at the latest.</summary>
    public Process Start(ProcessStartInfo start)
    {
        var process = Process.Start(start)!;
        Tell("watch", process);
        return process;
    }

    /// <summary>It has ended: its number may be another program's from now on.</summary>
    public void Forget(Process process) => Tell("forget", process);

    public void Dispose()
    {
        _shell.StandardInput.Close();
        _shell.WaitForExit(TimeSpan.FromSeconds(10));
        _shell.Dispose();
    }

    private void Tell(string act, Process process)
    {
        lock (_shell) _shell.StandardInput.WriteLine(FormattableString.Invariant($"{act} {process.Id}"));
    }
}
