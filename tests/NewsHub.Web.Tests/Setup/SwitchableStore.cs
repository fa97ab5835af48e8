using System.Data.Common;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Store;

namespace NewsHub.Web.Tests.Setup;

/// <summary>A paper whose connections can be made unable to write at any moment, by the database itself.</summary>
internal sealed class SwitchableStore(params (string Name, string Value)[] settings) : NewsHubApp
{
    private readonly Switch _switch = new();

    /// <summary>Whether nothing can be written.</summary>
    public bool IsReadOnly
    {
        get => _switch.IsReadOnly;
        set => _switch.IsReadOnly = value;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        foreach (var (name, value) in settings) builder.UseSetting(name, value);
        builder.ConfigureTestServices(services =>
        {
            if (OnPostgres) services.ConfigureDbContext<PostgresNewsDb>(options => options.AddInterceptors(_switch));
            else services.ConfigureDbContext<NewsDb>(options => options.AddInterceptors(_switch));
            // It must be the first: one of the store's own runs the statement itself.
            var last = services[^1];
            services.RemoveAt(services.Count - 1);
            services.Insert(0, last);
        });
    }

    private sealed class Switch : DbCommandInterceptor, IDbTransactionInterceptor
    {
        public volatile bool IsReadOnly;

        public InterceptionResult<DbTransaction> TransactionStarting(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
        {
            Set(connection);
            return result;
        }

        public ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection,
            TransactionStartingEventData eventData,
            InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default) =>
                ValueTask.FromResult(TransactionStarting(connection, eventData, result));

        public override InterceptionResult<DbDataReader> ReaderExecuting(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            Set(command.Connection!);
            return result;
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default) =>
                ValueTask.FromResult(ReaderExecuting(command, eventData, result));

        public override InterceptionResult<int> NonQueryExecuting(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
        {
            Set(command.Connection!);
            return result;
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
                ValueTask.FromResult(NonQueryExecuting(command, eventData, result));

        private void Set(DbConnection connection)
        {
            // Each time: what a connection was told goes with its handle, and the pool gives handles to others.
            using var command = connection.CreateCommand();
            command.CommandText = OnPostgres
                ? IsReadOnly ? "SET default_transaction_read_only = on" : "SET default_transaction_read_only = off"
                : IsReadOnly ? "PRAGMA query_only = 1" : "PRAGMA query_only = 0";
            command.ExecuteNonQuery();
        }
    }
}
