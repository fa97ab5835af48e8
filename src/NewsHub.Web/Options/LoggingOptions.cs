using Serilog.Events;

namespace NewsHub.Web.Options;

/// <summary>How much the log says.</summary>
public sealed class LoggingOptions
{
    [Setting("Logging:Level", "the least that stands in the log: `Verbose`, `Debug` … `Fatal`")]
    public LogEventLevel Level { get; init; } = LogEventLevel.Information;
}
