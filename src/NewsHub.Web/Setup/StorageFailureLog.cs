using NewsHub.Core.Store;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace NewsHub.Web.Setup;

/// <summary>
/// What goes wrong because of the disk or the store is said in a line: who could not do what, why, and what to do about it. Each only once
/// a minute, however many requests fail meanwhile, and without a stack: no code is at fault.
/// </summary>
internal sealed class StorageFailureLog(ILogEventSink sink) : ILogEventSink, IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);
    private static readonly MessageTemplateParser Parser = new();
    private readonly Dictionary<(string? Source, string Message, StorageCause Cause), (DateTimeOffset At, int Silent)> _said = [];
    private readonly Lock _lock = new();

    public void Emit(LogEvent logEvent)
    {
        if (StorageFailure.Of(logEvent.Exception) is not { } failure)
        {
            sink.Emit(logEvent);
            return;
        }
        // EF Core tells of it too, before whoever asked it does.
        var source = (logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName) as ScalarValue)?.Value as string;
        if (source?.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) == true) return;
        // Jobs share one sentence: each has its own say.
        var key = (source, logEvent.MessageTemplate.Text, failure.Cause);
        int silent;
        lock (_lock)
        {
            // Sources and templates stand in the code, so there are not many; causes are nine.
            var before = _said.GetValueOrDefault(key);
            if (before.At != default && logEvent.Timestamp - before.At < Silence)
            {
                _said[key] = (before.At, before.Silent + 1);
                return;
            }
            silent = before.Silent;
            _said[key] = (logEvent.Timestamp, 0);
        }
        var more = silent == 0 ? "" : FormattableString.Invariant($" ({silent} more times since this was last said.)");
        sink.Emit(new LogEvent(logEvent.Timestamp,
            logEvent.Level, exception: null, Parser.Parse(logEvent.MessageTemplate.Text + " {Cause:l} {Remedy:l}{More:l}"),
            [
                .. logEvent.Properties.Select(p => new LogEventProperty(p.Key, p.Value)),
                Text("Cause", failure.Sentence),
                Text("Remedy", failure.Remedy),
                Text("More", more),
            ]));

        static LogEventProperty Text(string name, string text) => new(name, new ScalarValue(text));
    }

    public void Dispose() => (sink as IDisposable)?.Dispose();
}
