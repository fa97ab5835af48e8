using NewsHub.Core.Sharing;

namespace NewsHub.Web.Options;

/// <summary>The Redis in which several nodes count together, where it is not the database.</summary>
public sealed class RedisOptions
{
    [Setting("Redis:Url", "a Redis of 6.2 or newer, or a Valkey, in which nodes on one `Store:Postgres` count tries and readers together: "
        + "`redis://user:password@redis.lantern.example:6379/0`, with TLS `rediss://…`, or StackExchange.Redis’ own form "
        + "`redis.lantern.example:6379,password=…`. One paper to a database of it", Otherwise = "none: they count in PostgreSQL",
        IsSecret = true)]
    [Address]
    public string? Url { get; init; }

    private sealed class AddressAttribute : RuleAttribute
    {
        public override string? Wrong(string value) => RedisAddress.Read(value) is not null
            ? null : "it has to be an address such as redis://user:password@redis.lantern.example:6379/0, or host:6379,password=….";
    }
}
