using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsHub.Core.Editions;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Store.Configurations;

internal sealed class StoryConfiguration : IEntityTypeConfiguration<Story>
{
    public void Configure(EntityTypeBuilder<Story> story)
    {
        story.Property(s => s.Id).ValueGeneratedOnAdd().UseAutoincrement();
        story.Property(s => s.Reactions).AsJson();
        story.Property(s => s.Related).AsJson();
        story.Property(s => s.Version).IsConcurrencyToken();
        story.HasIndex(s => s.Address).IsUnique();
        story.HasIndex(s => s.SourceKey).IsUnique();
        story.HasIndex(s => new { s.State, s.ScheduledFor });
        story.HasIndex(s => new { s.ChangedAt, s.Id });
        story.HasIndex(s => new { s.State, s.ChangedAt, s.Id });
        // Few stories have these: the index holds those alone.
        story.HasIndex(s => s.OwnerId).HasFilter("\"OwnerId\" IS NOT NULL");
        story.HasIndex(s => s.FiledTo).HasFilter("\"FiledTo\" IS NOT NULL");
        story.HasIndex(s => s.BreakingUntil).HasFilter("\"BreakingUntil\" IS NOT NULL");
        story.HasOne<Edition>().WithMany().HasForeignKey(s => s.EditionId).OnDelete(DeleteBehavior.SetNull);
        story.HasMany(s => s.Revisions).WithOne().HasForeignKey(r => r.StoryId);
        story.HasMany(s => s.Listings).WithOne().HasForeignKey(l => l.StoryId);
        story.HasMany(s => s.Corrections).WithOne().HasForeignKey(c => c.StoryId);
        story.HasMany(s => s.FormerAddresses).WithOne().HasForeignKey(f => f.StoryId);
        story.HasMany(s => s.Notes).WithOne().HasForeignKey(n => n.StoryId);
        story.HasMany(s => s.Events).WithOne().HasForeignKey(e => e.StoryId);
    }
}

internal sealed class RevisionConfiguration : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> revision)
    {
        revision.HasKey(r => new { r.StoryId, r.Number });
        // The long texts come last: SQLite reads a row from its start, and a card needs only the short ones.
        revision.Property(r => r.StoryId).HasColumnOrder(0);
        revision.Property(r => r.Number).HasColumnOrder(1);
        revision.Property(r => r.Words).HasColumnOrder(2);
        revision.Property(r => r.SavedAt).HasColumnOrder(3);
        revision.Property(r => r.By).HasColumnOrder(4);
        revision.Property(r => r.BodyHtml).HasColumnOrder(30);
        revision.Property(r => r.Money).AsJson();
        revision.ComplexProperty(r => r.Text, text =>
        {
            text.Property(t => t.Section).HasColumnName("SectionId").HasColumnOrder(10);
            text.Property(t => t.Kind).HasColumnName("Kind").HasColumnOrder(11);
            text.Property(t => t.Kicker).HasColumnName("Kicker").HasColumnOrder(12);
            text.Property(t => t.Headline).HasColumnName("Headline").HasColumnOrder(13);
            text.Property(t => t.Standfirst).HasColumnName("Standfirst").HasColumnOrder(14);
            text.Property(t => t.Body).HasColumnName("Body").HasColumnOrder(31);
            text.Property(t => t.Bylines).HasColumnName("Bylines").HasColumnOrder(15).AsJson();
            text.Property(t => t.Dateline).HasColumnName("Dateline").HasColumnOrder(16);
            text.Property(t => t.Picture).HasColumnName("Picture").HasColumnOrder(17).AsJson();
            text.Property(t => t.Tags).HasColumnName("Tags").HasColumnOrder(18).AsJson();
            text.Property(t => t.Language).HasColumnName("Language").HasColumnOrder(19);
            text.Property(t => t.RightToLeft).HasColumnName("RightToLeft").HasColumnOrder(20);
            text.Property(t => t.SeoTitle).HasColumnName("SeoTitle").HasColumnOrder(21);
            text.Property(t => t.SeoDescription).HasColumnName("SeoDescription").HasColumnOrder(22);
        });
    }
}

internal sealed class ListingConfiguration : IEntityTypeConfiguration<Listing>
{
    public void Configure(EntityTypeBuilder<Listing> listing)
    {
        // The order of every list, and the index that it is read from.
        listing.HasKey(l => new { l.List, l.Subject, l.LiveAt, l.StoryId });
        listing.Property(l => l.List).HasConversion<int>();
        listing.HasIndex(l => l.StoryId);
    }
}

internal sealed class PreviewLinkConfiguration : IEntityTypeConfiguration<PreviewLink>
{
    public void Configure(EntityTypeBuilder<PreviewLink> link) => link.HasOne<Story>().WithMany().HasForeignKey(l => l.StoryId);
}

internal sealed class CorrectionConfiguration : IEntityTypeConfiguration<Correction>
{
    public void Configure(EntityTypeBuilder<Correction> correction) => correction.HasIndex(c => new { c.At, c.Id });
}

internal sealed class FormerAddressConfiguration : IEntityTypeConfiguration<FormerAddress>
{
    public void Configure(EntityTypeBuilder<FormerAddress> address) => address.HasIndex(a => new { a.Path, a.Id });
}

internal sealed class StoryNoteConfiguration : IEntityTypeConfiguration<StoryNote>
{
    public void Configure(EntityTypeBuilder<StoryNote> note)
    {
        note.HasIndex(n => n.StoryId);
        note.HasMany(n => n.Answers).WithOne().HasForeignKey(a => a.NoteId);
    }
}

internal sealed class AuthorConfiguration : IEntityTypeConfiguration<Author>
{
    public void Configure(EntityTypeBuilder<Author> author) => author.HasIndex(a => a.Slug).IsUnique();
}

internal sealed class TagConfiguration : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> tag) => tag.HasIndex(t => t.Slug).IsUnique();
}
