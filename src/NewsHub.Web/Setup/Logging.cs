using NewsHub.Web.Options;
using Serilog;
using Serilog.Configuration;
using Serilog.Events;

namespace NewsHub.Web.Setup;

/// <summary>Structured logs without personal data. Requests are not logged one by one: on a hot page that costs
/// more than the page.</summary>
internal static class LoggingSetup
{
    public static void AddNewsLogging(this WebApplicationBuilder builder) =>
        builder.Services.AddSerilog(log => log
            .MinimumLevel.Is(Settings.Read<LoggingOptions>(builder.Configuration).Level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // A line a request, and the bookkeeping for it, costs a hot page a tenth of its time.
            .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off)
            // What keeps the program from starting is said by the command, in a sentence.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LevelAlias.Off)
            // Its keys lie in the data folder in the clear, as the store does: the folder is what to guard.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            // Whoever asked the store says what failed; these would add the whole statement.
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Database.Command", LevelAlias.Off)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Database.Transaction", LevelAlias.Off)
            // Each try that failed, with its stack: whoever asked says in a sentence how it went.
            .MinimumLevel.Override("Polly", LevelAlias.Off)
            .Enrich.FromLogContext()
            .WriteTo.Sink(LoggerSinkConfiguration.Wrap(console => new StorageFailureLog(console), to => to
                .Console(outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}",
                    formatProvider: System.Globalization.CultureInfo.InvariantCulture))));
}
