using Microsoft.Data.Sqlite;
using NewsHub.Web.Setup;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace NewsHub.Web.Tests.Setup;

/// <summary>What the log says of a store that fails.</summary>
public sealed class StorageFailureLogTests
{
    [Fact]
    public void Each_of_those_who_fail_with_one_sentence_has_its_own_say_and_once_a_minute()
    {
        var lines = new Lines();
        using var log = new LoggerConfiguration().WriteTo.Sink(new StorageFailureLog(lines)).CreateLogger();
        for (var i = 0; i < 3; i++)
            foreach (var job in new[] { "IndexStories", "SendWebhooks" })
                log.ForContext(Constants.SourceContextPropertyName, job).Warning(new SqliteException("full", 13), "{Job} failed.", job);
        Assert.Equal(["IndexStories", "SendWebhooks"], lines.Written.Select(e => ((ScalarValue)e.Properties["Job"]).Value));
        Assert.All(lines.Written, e => Assert.Null(e.Exception));
    }

    private sealed class Lines : ILogEventSink
    {
        public List<LogEvent> Written { get; } = [];

        public void Emit(LogEvent logEvent) => Written.Add(logEvent);
    }
}
