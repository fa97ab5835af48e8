using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsHub.Core.Notifications;
using NewsHub.Core.Staff;

namespace NewsHub.Core.Store.Configurations;

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> notification)
    {
        notification.Property(n => n.Id).ValueGeneratedOnAdd().UseAutoincrement();
        notification.HasOne<StaffMember>().WithMany().HasForeignKey(n => n.StaffId).OnDelete(DeleteBehavior.Cascade);
        // A member is told of an event once, however often the log is read; and the list is in this order.
        notification.HasIndex(n => new { n.StaffId, n.EventId }).IsUnique();
        // The number of the rail is asked for with every page.
        notification.HasIndex(n => n.StaffId, "IX_Notifications_Unread").HasFilter("\"ReadAt\" IS NULL AND \"IsListed\"");
        notification.HasIndex(n => n.MailDue).HasFilter("\"MailDue\" IS NOT NULL");
        notification.Property(n => n.MailTries).IsConcurrencyToken();
    }
}

internal sealed class NotificationChoiceConfiguration : IEntityTypeConfiguration<NotificationChoice>
{
    public void Configure(EntityTypeBuilder<NotificationChoice> choice)
    {
        choice.HasKey(c => new { c.StaffId, c.Kind });
        choice.HasOne<StaffMember>().WithMany().HasForeignKey(c => c.StaffId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class NotificationPositionConfiguration : IEntityTypeConfiguration<NotificationPosition>
{
    public void Configure(EntityTypeBuilder<NotificationPosition> position)
    {
        position.HasKey(p => p.Id);
        position.Property(p => p.Id).ValueGeneratedNever();
    }
}
