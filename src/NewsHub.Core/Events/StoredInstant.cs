namespace NewsHub.Core.Events;

/// <summary>Instants as every store keeps them: SQLite's has them to a tenth of a microsecond, PostgreSQL's to a whole one.</summary>
public static class StoredInstant
{
    /// <summary>Without what is less than a microsecond: so an instant from outside is compared with one from the store.</summary>
    public static DateTimeOffset ToMicrosecond(this DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
}
