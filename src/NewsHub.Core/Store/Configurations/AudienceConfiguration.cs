using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsHub.Core.Audience;

namespace NewsHub.Core.Store.Configurations;

internal sealed class DayCountConfiguration : IEntityTypeConfiguration<DayCount>
{
    public void Configure(EntityTypeBuilder<DayCount> count)
    {
        count.HasKey(c => new { c.Day, c.Subject, c.SubjectId });
        count.Property(c => c.Subject).HasConversion<string>().HasMaxLength(20);
        count.HasIndex(c => new { c.Subject, c.SubjectId, c.Day });
    }
}

internal sealed class ReferrerCountConfiguration : IEntityTypeConfiguration<ReferrerCount>
{
    public void Configure(EntityTypeBuilder<ReferrerCount> count)
    {
        count.HasKey(c => new { c.Day, c.StoryId, c.Host });
        count.Property(c => c.Host).HasMaxLength(100);
        count.HasIndex(c => new { c.StoryId, c.Day });
    }
}

internal sealed class SearchMissConfiguration : IEntityTypeConfiguration<SearchMiss>
{
    public void Configure(EntityTypeBuilder<SearchMiss> miss)
    {
        miss.HasKey(m => new { m.Day, m.Words });
        miss.Property(m => m.Words).HasMaxLength(100);
    }
}
