using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;

namespace NewsHub.Web.Areas.Admin.SignIn;

/// <summary>Identity's store, with what it would keep in the clear made useless to whoever reads a copy of it: recovery codes are hashed,
/// the app's key is sealed.</summary>
internal sealed class StaffStore(NewsDb db, IDataProtectionProvider protection, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<StaffMember, NewsDb, long, IdentityUserClaim<long>, IdentityUserLogin<long>, IdentityUserToken<long>,
        IdentityUserPasskey<long>>(db, describer)
{
    private const string Owner = "Codes";
    private const int Rounds = 100_000;
    private readonly IDataProtector _seal = protection.CreateProtector("authenticator keys");

    /// <summary>Whoever comes second is told so, and leaves nothing behind that the next save would trip over.</summary>
    public override async Task<IdentityResult> UpdateAsync(StaffMember user, CancellationToken cancellationToken = default)
    {
        try
        {
            if (await base.UpdateAsync(user, cancellationToken) is { Succeeded: true } done) return done;
        }
        catch (DbUpdateException e) when (e.IsTaken())
        {
            // Two wrote the account's first code, or took one name, at once.
        }
        Context.ChangeTracker.Clear();
        return IdentityResult.Failed(ErrorDescriber.ConcurrencyFailure());
    }

    public override async Task<IdentityResult> CreateAsync(StaffMember user, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.CreateAsync(user, cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsTaken())
        {
            Context.ChangeTracker.Clear();
            return await Users.AnyAsync(s => s.NormalizedEmail == user.NormalizedEmail, cancellationToken)
                ? IdentityResult.Failed(
                    new IdentityError { Code = nameof(user.Email), Description = "There is already an account with this address." })
                : IdentityResult.Failed(new IdentityError
                {
                    Code = nameof(user.Name),
                    Description = $"The name {user.Name} is already used. Names must be unique in the audit log.",
                });
        }
    }

    public override Task SetAuthenticatorKeyAsync(StaffMember user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, _seal.Protect(key), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(StaffMember user, CancellationToken cancellationToken)
    {
        try
        {
            return await base.GetAuthenticatorKeyAsync(user, cancellationToken) is { } kept ? _seal.Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            // The keys folder is not the one it was sealed with: the person needs a recovery code, or an administrator.
            return null;
        }
    }

    public override Task ReplaceCodesAsync(StaffMember user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return KeepAsync(user, salt, recoveryCodes.Select(code => Hash(code, salt)), cancellationToken);
    }

    public override async Task<bool> RedeemCodeAsync(StaffMember user, string code, CancellationToken cancellationToken)
    {
        if (await KeptAsync(user, cancellationToken) is not [var salt, .. var hashes]) return false;
        var hash = Hash(code, Convert.FromBase64String(salt));
        if (hashes.FirstOrDefault(
            h => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(h), Encoding.ASCII.GetBytes(hash))) is not { } found)
        {
            return false;
        }
        await KeepAsync(user, Convert.FromBase64String(salt), hashes.Where(h => h != found), cancellationToken);
        return true;
    }

    public override async Task<int> CountCodesAsync(StaffMember user, CancellationToken cancellationToken) =>
        Math.Max(0, (await KeptAsync(user, cancellationToken)).Length - 1);

    private async Task<string[]> KeptAsync(StaffMember user, CancellationToken cancel) =>
        (await GetTokenAsync(user, Owner, "recovery", cancel))?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private Task KeepAsync(StaffMember user, byte[] salt, IEnumerable<string> hashes, CancellationToken cancel) =>
        SetTokenAsync(user, Owner, "recovery", string.Join(';', hashes.Prepend(Convert.ToBase64String(salt))), cancel);

    private static string Hash(string code, byte[] salt) =>
        Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(code, salt, Rounds, HashAlgorithmName.SHA256, 32));
}
