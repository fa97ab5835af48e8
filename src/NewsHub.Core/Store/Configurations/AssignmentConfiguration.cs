using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsHub.Core.Editions;
using NewsHub.Core.Planning;
using NewsHub.Core.Settings;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Store.Configurations;

internal sealed class AssignmentConfiguration : IEntityTypeConfiguration<Assignment>
{
    public void Configure(EntityTypeBuilder<Assignment> assignment)
    {
        // The log names it by its number, which is never given twice.
        assignment.Property(a => a.Id).ValueGeneratedOnAdd().UseAutoincrement();
        assignment.Property(a => a.Version).IsConcurrencyToken();
        assignment.Ignore(a => a.Plan);
        assignment.HasIndex(a => a.PlannedDay);
        assignment.HasIndex(a => a.GivenTo);
        // A story comes of one assignment at most: two that start it at once make one.
        assignment.HasIndex(a => a.StoryId).IsUnique();
        assignment.HasOne<StaffMember>().WithMany().HasForeignKey(a => a.GivenTo).OnDelete(DeleteBehavior.SetNull);
        assignment.HasOne<Section>().WithMany().HasForeignKey(a => a.SectionId).OnDelete(DeleteBehavior.SetNull);
        assignment.HasOne<Edition>().WithMany().HasForeignKey(a => a.EditionId).OnDelete(DeleteBehavior.SetNull);
        assignment.HasOne<Story>().WithMany().HasForeignKey(a => a.StoryId).OnDelete(DeleteBehavior.SetNull);
    }
}
