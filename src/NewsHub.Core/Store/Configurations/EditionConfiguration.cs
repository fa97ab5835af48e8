using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsHub.Core.Editions;
using NewsHub.Core.Media;
using NewsHub.Core.Settings;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Store.Configurations;

internal sealed class EditionConfiguration : IEntityTypeConfiguration<Edition>
{
    public void Configure(EntityTypeBuilder<Edition> edition)
    {
        edition.Property(e => e.Id).ValueGeneratedOnAdd().UseAutoincrement();
        edition.Property(e => e.Version).IsConcurrencyToken();
        edition.Property(e => e.Shape).AsJson();
        edition.HasIndex(e => e.Number).IsUnique();
        edition.HasIndex(e => e.Date);
        edition.HasMany(e => e.Slots).WithOne().HasForeignKey(s => s.EditionId);
    }
}

internal sealed class FrontSlotConfiguration : IEntityTypeConfiguration<FrontSlot>
{
    public void Configure(EntityTypeBuilder<FrontSlot> slot)
    {
        slot.HasKey(s => new { s.EditionId, s.Position });
        slot.Property(s => s.Picture).AsJson();
        slot.HasOne<Story>().WithMany().HasForeignKey(s => s.StoryId);
    }
}

internal sealed class SectionConfiguration : IEntityTypeConfiguration<Section>
{
    public void Configure(EntityTypeBuilder<Section> section)
    {
        section.Property(s => s.Id).ValueGeneratedOnAdd().UseAutoincrement();
        section.HasIndex(s => s.Slug).IsUnique();
    }
}

internal sealed class SiteConfiguration : IEntityTypeConfiguration<Site>
{
    public void Configure(EntityTypeBuilder<Site> site)
    {
        site.Property(s => s.Id).ValueGeneratedNever();
        site.Property(s => s.CurrencyQuotes).AsJson();
        site.Property(s => s.RateSources).AsJson();
        site.Property(s => s.RateHours).AsJson();
        site.Property(s => s.Reactions).AsJson();
    }
}

internal sealed class StaticPageConfiguration : IEntityTypeConfiguration<StaticPage>
{
    public void Configure(EntityTypeBuilder<StaticPage> page)
    {
        page.HasKey(p => p.Slug);
        page.Property(p => p.FormerSlugs).AsJson().HasDefaultValueSql("'[]'");
        page.Property(p => p.Version).IsConcurrencyToken();
    }
}

internal sealed class PictureConfiguration : IEntityTypeConfiguration<Picture>
{
    public void Configure(EntityTypeBuilder<Picture> picture)
    {
        picture.HasIndex(p => p.File).IsUnique();
        picture.HasIndex(p => p.Key);
    }
}

