using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsHub.Core.Search;

namespace NewsHub.Core.Store.Configurations;

internal sealed class IndexedStoryConfiguration : IEntityTypeConfiguration<IndexedStory>
{
    public void Configure(EntityTypeBuilder<IndexedStory> story)
    {
        story.HasKey(s => s.Place);
        story.Property(s => s.Place).ValueGeneratedNever();
        story.HasIndex(s => s.StoryId).IsUnique();
    }
}

internal sealed class IndexedWordConfiguration : IEntityTypeConfiguration<IndexedWord>
{
    public void Configure(EntityTypeBuilder<IndexedWord> word)
    {
        word.HasKey(w => w.Word);
        word.Property(w => w.Word).HasMaxLength(40);
    }
}

internal sealed class IndexStateConfiguration : IEntityTypeConfiguration<IndexState>
{
    public void Configure(EntityTypeBuilder<IndexState> state)
    {
        state.HasKey(s => s.Id);
        state.Property(s => s.Id).ValueGeneratedNever();
    }
}
