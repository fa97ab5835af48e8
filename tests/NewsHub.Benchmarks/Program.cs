BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(NewsHub.Benchmarks.PageCacheBenchmarks).Assembly).Run(args);
