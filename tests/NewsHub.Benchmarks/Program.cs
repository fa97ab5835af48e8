using NewsHub.Benchmarks.Cluster;

namespace NewsHub.Benchmarks;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["cluster", .. var words]) return await ClusterRun.RunAsync(words);
        BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    }
}
