using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsHub.Core.Rates;

namespace NewsHub.Core.Store.Configurations;

internal sealed class RateConfiguration : IEntityTypeConfiguration<Rate>
{
    public void Configure(EntityTypeBuilder<Rate> rate)
    {
        rate.HasKey(r => new { r.Base, r.Date, r.Source, r.Quote });
        // A pair's history is one range of it.
        rate.HasIndex(r => new { r.Base, r.Quote, r.Date });
    }
}

internal sealed class HeldRateConfiguration : IEntityTypeConfiguration<HeldRate>
{
    public void Configure(EntityTypeBuilder<HeldRate> held)
    {
        held.Ignore(h => h.Jump);
        held.HasIndex(h => new { h.Source, h.Base, h.Date, h.Quote });
        held.HasIndex(h => h.RefusedAt);
    }
}

internal sealed class PinnedRateConfiguration : IEntityTypeConfiguration<PinnedRate>
{
    public void Configure(EntityTypeBuilder<PinnedRate> pinned) => pinned.HasKey(p => new { p.Base, p.Quote });
}

internal sealed class SourceReportConfiguration : IEntityTypeConfiguration<SourceReport>
{
    public void Configure(EntityTypeBuilder<SourceReport> report) => report.HasKey(r => r.Key);
}
