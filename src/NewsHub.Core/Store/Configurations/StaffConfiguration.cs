using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Store.Configurations;

/// <summary>The tables that ASP.NET Core Identity's store reads and writes, without roles: a member of staff has one.</summary>
internal sealed class StaffConfiguration :
    IEntityTypeConfiguration<StaffMember>,
    IEntityTypeConfiguration<StaffSession>,
    IEntityTypeConfiguration<IdentityUserClaim<long>>,
    IEntityTypeConfiguration<IdentityUserLogin<long>>,
    IEntityTypeConfiguration<IdentityUserToken<long>>,
    IEntityTypeConfiguration<IdentityUserPasskey<long>>
{
    public void Configure(EntityTypeBuilder<StaffMember> member)
    {
        member.ToTable("Staff");
        member.Property(m => m.Id).ValueGeneratedOnAdd().UseAutoincrement();
        member.Property(m => m.ConcurrencyStamp).IsConcurrencyToken();
        member.HasIndex(m => m.NormalizedEmail).IsUnique();
        member.HasIndex(m => m.NormalizedUserName).IsUnique();
        // The log and the revisions know people by it.
        member.HasIndex(m => m.Name).IsUnique();
        // Whoever deletes an author, or merges it into another, leaves no account with a byline that there is not.
        member.HasOne<Author>().WithMany().HasForeignKey(m => m.AuthorId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<StaffSession> session)
    {
        session.ToTable("StaffSessions");
        session.HasKey(s => s.Key);
        session.Property(s => s.Key).HasMaxLength(40);
        session.HasOne<StaffMember>().WithMany().HasForeignKey(s => s.StaffId);
    }

    public void Configure(EntityTypeBuilder<IdentityUserClaim<long>> claim)
    {
        claim.ToTable("StaffClaims");
        claim.HasOne<StaffMember>().WithMany().HasForeignKey(c => c.UserId);
    }

    public void Configure(EntityTypeBuilder<IdentityUserLogin<long>> login)
    {
        login.ToTable("StaffLogins");
        login.HasKey(l => new { l.LoginProvider, l.ProviderKey });
        login.HasOne<StaffMember>().WithMany().HasForeignKey(l => l.UserId);
    }

    public void Configure(EntityTypeBuilder<IdentityUserToken<long>> token)
    {
        token.ToTable("StaffTokens");
        token.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        token.HasOne<StaffMember>().WithMany().HasForeignKey(t => t.UserId);
    }

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<long>> passkey)
    {
        passkey.ToTable("StaffPasskeys");
        passkey.HasKey(p => p.CredentialId);
        passkey.OwnsOne(p => p.Data).ToJson();
        passkey.HasOne<StaffMember>().WithMany().HasForeignKey(p => p.UserId);
    }
}
