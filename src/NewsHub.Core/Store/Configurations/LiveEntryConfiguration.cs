using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Store.Configurations;

internal sealed class LiveEntryConfiguration : IEntityTypeConfiguration<LiveEntry>
{
    public void Configure(EntityTypeBuilder<LiveEntry> entry)
    {
        entry.Property(e => e.Id).ValueGeneratedOnAdd().UseAutoincrement();
        entry.Property(e => e.Headline).HasMaxLength(LiveEntry.LongestHeadline);
        entry.Property(e => e.Money).AsJson();
        entry.Property(e => e.Form).HasMaxLength(60);
        entry.Property(e => e.Version).IsConcurrencyToken();
        entry.HasOne<Story>().WithMany().HasForeignKey(e => e.StoryId);
        entry.HasIndex(e => new { e.StoryId, e.At, e.Id });
        entry.HasIndex(e => new { e.StoryId, e.Form }).IsUnique();
    }
}
