using System.CommandLine;
using System.Diagnostics;
using NewsHub.Core.Search;

namespace NewsHub.Web.Commands;

internal static partial class CommandLine
{
    private static Command Search() => new("search", "The index that readers search.") { SearchRebuild() };

    private static Command SearchRebuild() =>
        Does(new Command("rebuild", "Make the index anew from what is live. The paper may be served meanwhile; older stories are not found "
            + "until it is whole. Stopped half-way, it goes on by itself when the paper is next served."), async (services, _, cancel) =>
        {
            var watch = Stopwatch.StartNew();
            var stories = await WithProgressAsync("Indexing", p => services.GetRequiredService<Indexing>().RebuildAsync(p, cancel));
            Console.WriteLine(FormattableString.Invariant($"{stories} stories can be found, after {watch.Elapsed.TotalSeconds:0.0} s."));
            return 0;
        });
}
