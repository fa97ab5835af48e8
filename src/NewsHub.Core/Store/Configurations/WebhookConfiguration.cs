using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsHub.Core.Events;
using NewsHub.Core.Webhooks;

namespace NewsHub.Core.Store.Configurations;

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> hook)
    {
        hook.Property(w => w.Id).ValueGeneratedOnAdd().UseAutoincrement();
        hook.Property(w => w.Address).HasMaxLength(2000);
        hook.HasIndex(w => w.Address).IsUnique();
        hook.Property(w => w.EventTypes).HasColumnName("Occasions").AsJson();
    }
}

internal sealed class DeliveryConfiguration : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.Property(d => d.Id).ValueGeneratedOnAdd().UseAutoincrement();
        delivery.HasOne<Webhook>().WithMany().HasForeignKey(d => d.WebhookId).OnDelete(DeleteBehavior.Cascade);
        delivery.HasIndex(d => d.Key).IsUnique();
        // An event is told once, whoever noted it.
        delivery.HasIndex(d => new { d.WebhookId, d.LogEvent }).IsUnique();
        delivery.Property(d => d.EventType).HasColumnName("Occasion");
        delivery.HasIndex(d => d.NextTryAt);
        delivery.HasIndex(d => new { d.WebhookId, d.Id });
        // Whoever's lease ran out has nothing to say about it any more.
        delivery.Property(d => d.LeasedTo).IsConcurrencyToken();
        delivery.Property(d => d.Answer).HasMaxLength(Delivery.AnswerKept);
    }
}

internal sealed class DeliveryPlaceConfiguration : IEntityTypeConfiguration<DeliveryPosition>
{
    public void Configure(EntityTypeBuilder<DeliveryPosition> place)
    {
        place.HasKey(p => p.Id);
        place.Property(p => p.Id).ValueGeneratedNever();
    }
}

internal sealed class PurgePositionConfiguration : IEntityTypeConfiguration<PurgePosition>
{
    public void Configure(EntityTypeBuilder<PurgePosition> position)
    {
        position.Property(p => p.Id).ValueGeneratedNever();
        position.Property(p => p.Reason).HasMaxLength(PurgePosition.ReasonKept);
    }
}
