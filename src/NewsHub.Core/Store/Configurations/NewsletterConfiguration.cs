using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsHub.Core.Editions;
using NewsHub.Core.Newsletters;

namespace NewsHub.Core.Store.Configurations;

internal sealed class SubscriberConfiguration : IEntityTypeConfiguration<Subscriber>
{
    public void Configure(EntityTypeBuilder<Subscriber> subscriber)
    {
        // A number is never given twice: a link in an old mail must not open a stranger's settings.
        subscriber.Property(s => s.Id).ValueGeneratedOnAdd().UseAutoincrement();
        subscriber.Property(s => s.Address).HasMaxLength(Subscriber.LongestAddress);
        subscriber.Property(s => s.Folded).HasMaxLength(Subscriber.LongestAddress);
        subscriber.Property(s => s.Language).HasMaxLength(35);
        subscriber.Property(s => s.State).HasConversion<string>().HasMaxLength(20);
        subscriber.Property(s => s.Sections).AsJson();
        subscriber.HasIndex(s => s.Folded).IsUnique();
        subscriber.HasIndex(s => new { s.State, s.Id });
    }
}

internal sealed class SignUpConfiguration : IEntityTypeConfiguration<SignUp>
{
    public void Configure(EntityTypeBuilder<SignUp> signUp)
    {
        signUp.Property(s => s.Address).HasMaxLength(Subscriber.LongestAddress);
        signUp.Property(s => s.Folded).HasMaxLength(Subscriber.LongestAddress);
        signUp.Property(s => s.Language).HasMaxLength(35);
        signUp.Property(s => s.KeyHash).HasMaxLength(43);
        signUp.HasIndex(s => s.Folded);
        signUp.HasIndex(s => s.KeyHash).IsUnique();
        signUp.HasIndex(s => s.NextTryAt);
        signUp.HasIndex(s => s.Until);
    }
}

internal sealed class SuppressedConfiguration : IEntityTypeConfiguration<Suppressed>
{
    public void Configure(EntityTypeBuilder<Suppressed> suppressed)
    {
        suppressed.HasKey(s => s.Mark);
        suppressed.Property(s => s.Mark).HasMaxLength(43);
        suppressed.Property(s => s.Why).HasConversion<string>().HasMaxLength(20);
    }
}

internal sealed class CountedBounceConfiguration : IEntityTypeConfiguration<CountedBounce>
{
    public void Configure(EntityTypeBuilder<CountedBounce> bounce)
    {
        bounce.HasKey(b => b.Key);
        bounce.Property(b => b.Key).HasMaxLength(43);
        bounce.HasIndex(b => b.SubscriberId);
        bounce.HasIndex(b => b.At);
    }
}

internal sealed class SubscriberWeekConfiguration : IEntityTypeConfiguration<SubscriberWeek>
{
    public void Configure(EntityTypeBuilder<SubscriberWeek> week) => week.HasKey(w => w.Monday);
}

internal sealed class BulletinConfiguration : IEntityTypeConfiguration<Bulletin>
{
    public void Configure(EntityTypeBuilder<Bulletin> bulletin)
    {
        bulletin.Property(b => b.Id).ValueGeneratedOnAdd().UseAutoincrement();
        bulletin.Property(b => b.State).HasConversion<string>().HasMaxLength(20);
        bulletin.Property(b => b.Version).IsConcurrencyToken();
        bulletin.HasIndex(b => b.EditionId).IsUnique();
        bulletin.HasIndex(b => b.State);
        bulletin.HasOne<Edition>().WithMany().HasForeignKey(b => b.EditionId);
    }
}

internal sealed class BulletinPlanConfiguration : IEntityTypeConfiguration<BulletinPlan>
{
    public void Configure(EntityTypeBuilder<BulletinPlan> plan)
    {
        plan.HasKey(p => p.EditionId);
        plan.Property(p => p.EditionId).ValueGeneratedNever();
        plan.Property(p => p.Version).IsConcurrencyToken();
        plan.HasOne<Edition>().WithOne().HasForeignKey<BulletinPlan>(p => p.EditionId);
    }
}

internal sealed class MailingConfiguration : IEntityTypeConfiguration<Mailing>
{
    public void Configure(EntityTypeBuilder<Mailing> mailing)
    {
        mailing.HasKey(d => new { d.BulletinId, d.SubscriberId });
        mailing.Property(d => d.State).HasConversion<string>().HasMaxLength(20);
        mailing.Property(d => d.Reason).HasMaxLength(300);
        mailing.HasIndex(d => new { d.BulletinId, d.State, d.NextAt });
        mailing.HasIndex(d => d.SubscriberId);
        // A batch at a time is in anybody's hands: the index holds those alone.
        mailing.HasIndex(d => d.Claim).HasFilter("\"Claim\" IS NOT NULL");
        mailing.HasOne<Bulletin>().WithMany().HasForeignKey(d => d.BulletinId);
    }
}

internal sealed class BulletinPlaceConfiguration : IEntityTypeConfiguration<BulletinPosition>
{
    public void Configure(EntityTypeBuilder<BulletinPosition> place)
    {
        place.HasKey(p => p.Id);
        place.Property(p => p.Id).ValueGeneratedNever();
    }
}
