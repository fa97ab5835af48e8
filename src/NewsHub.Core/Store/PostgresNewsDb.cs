using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NewsHub.Core.Search;

namespace NewsHub.Core.Store;

/// <summary>
/// The store on PostgreSQL: the same model, with migrations of its own. Texts are compared by their code points, as in SQLite, so no
/// index depends on the language of the database or on an update of the system's collations; instants are <c>timestamptz</c> (UTC), whole
/// microseconds; a text loses what PostgreSQL refuses, see <see cref="StorableText"/>.
/// </summary>
public class PostgresNewsDb : NewsDb
{
    public PostgresNewsDb(DbContextOptions<PostgresNewsDb> options) : this((DbContextOptions)options) { }

    // A statement that is saved alone waits for the writers' lock as well.
    protected PostgresNewsDb(DbContextOptions options) : base(options) =>
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;

    public override StoreDialect Dialect => PostgresDialect.Instance;

    public override ISearchIndex Index => new PostgresSearch(this);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().HaveConversion<StorableTextConverter>();
        configurationBuilder.Properties<decimal>().HaveConversion<PlainDecimalConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(Properties))
        {
            var converter = property.GetValueConverter();
            var kept = converter?.ProviderClrType ?? property.GetProviderClrType() ?? property.ClrType;
            if (kept != typeof(string)) continue;
            property.SetCollation("C");
            if (converter is { } and not StorableTextConverter)
                property.SetValueConverter(converter.ComposeWith(new StorableTextConverter()));
        }
    }

    private static IEnumerable<IMutableProperty> Properties(IMutableTypeBase type) =>
        type.GetDeclaredProperties().Concat(type.GetDeclaredComplexProperties().SelectMany(c => Properties(c.ComplexType)));
}
