using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsHub.Core.Engagement;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Store.Configurations;

internal sealed class ReactionConfiguration : IEntityTypeConfiguration<Reaction>
{
    public void Configure(EntityTypeBuilder<Reaction> reaction)
    {
        // A reader's mark is made for one story.
        reaction.HasKey(r => r.Reader);
        reaction.Property(r => r.Reader).HasMaxLength(22);
        reaction.Property(r => r.Kind).HasMaxLength(30);
        reaction.HasOne<Story>().WithMany().HasForeignKey(r => r.StoryId);
        reaction.HasIndex(r => new { r.StoryId, r.At });
    }
}

internal sealed class ShareConfiguration : IEntityTypeConfiguration<Share>
{
    public void Configure(EntityTypeBuilder<Share> share)
    {
        share.HasKey(s => new { s.Reader, s.Way });
        share.Property(s => s.Reader).HasMaxLength(22);
        share.Property(s => s.Way).HasMaxLength(20);
        share.HasOne<Story>().WithMany().HasForeignKey(s => s.StoryId);
        share.HasIndex(s => new { s.StoryId, s.At });
    }
}
