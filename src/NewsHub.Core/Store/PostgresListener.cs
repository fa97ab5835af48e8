using System.Globalization;
using NewsHub.Core.Events;
using Npgsql;

namespace NewsHub.Core.Store;

/// <summary>What other nodes say on PostgreSQL: that there are events, that sums of a story have changed, that somebody opened a story in
/// the newsroom. It is only told, never kept: whoever did not listen asks the store.</summary>
public sealed class PostgresListener(string connection)
{
    public const string Events = "events", Newsroom = "newsroom";

    private const string Sums = "sums ";

    /// <summary>The story whose sums have changed; null where something else was said.</summary>
    public static StoryId? StoryOf(string said) => said.StartsWith(Sums, StringComparison.Ordinal)
        && long.TryParse(said.AsSpan(Sums.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new StoryId(id) : null;

    /// <summary>Listens until the connection ends.</summary>
    /// <param name="begun">Called when it listens: what was said before has to be asked for.</param>
    /// <param name="told">Called with each word that is said.</param>
    /// <exception cref="NpgsqlException">The server is away, or went away.</exception>
    public async Task ListenAsync(Action begun, Action<string> told, CancellationToken cancel)
    {
        await using var own = await PostgresStore.OpenToListenAsync(connection, cancel);
        own.Notification += (_, said) => told(said.Payload);
        await using (var listen = own.CreateCommand())
        {
            listen.CommandText = "LISTEN newshub";
            await listen.ExecuteNonQueryAsync(cancel);
        }
        begun();
        while (!cancel.IsCancellationRequested) await own.WaitAsync(cancel);
    }
}
