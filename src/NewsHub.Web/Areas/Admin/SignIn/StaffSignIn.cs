using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;
using NewsHub.Web.Http;
using NewsHub.Web.RateLimiting;

namespace NewsHub.Web.Areas.Admin.SignIn;

/// <summary>Who gets in, and by what proof. The pages of signing in ask here, so that one rule holds for all of them.</summary>
public sealed class StaffSignIn(
    NewsDb db,
    UserManager<StaffMember> staff,
    SignInManager<StaffMember> session,
    RateLimiter limiter,
    KnownBrowsers known,
    AccountMailQueue accountMailQueue,
    TimeProvider clock)
{
    /// <summary>How long a proof of being oneself is good for what is sensitive.</summary>
    public static readonly TimeSpan ProofLasts = TimeSpan.FromMinutes(10);

    /// <summary>How long a session goes on without a new proof, however busy it is.</summary>
    public static readonly TimeSpan SessionLasts = TimeSpan.FromDays(7);

    private const string ProvedAt = "proved";
    private const string SessionKey = "session";
    private const string Stamp = "stamp";
    /// <summary>Of PBKDF2 with SHA-512: about a tenth of a second.</summary>
    public const int PasswordRounds = 210_000;

    private static readonly string Decoy = new PasswordHasher<StaffMember>(
        new OptionsWrapper<PasswordHasherOptions>(new() { IterationCount = PasswordRounds })).HashPassword(null!, "nobody's");

    private HttpContext Context => session.Context;

    /// <summary>Whom an address and a password belong to; a refusal where too many tries were wrong. For all that can be wrong the answer
    /// and its time are one.</summary>
    public async Task<(StaffMember? Member, Rejection? Refused)> CheckPasswordAsync(string email, string password, CancellationToken cancel)
    {
        // What is longer than any address is nobody's, and is neither looked up nor counted by itself.
        var isShort = email.Length <= StaffRules.LongestAddress;
        var address = isShort ? staff.NormalizeEmail(email)! : "";
        var member = isShort ? await staff.FindByEmailAsync(email) : null;
        Limit[] limits = known.Of(Context, member?.Id) is { } browser
            ? [new($"known {browser}", 10, TimeSpan.FromMinutes(1))]
            : !isShort ? [FromHere]
            : [
                FromHere,
                new($"here {Caller.Of(Context)} {address}", 5, TimeSpan.FromMinutes(10)),
                new($"account {address}", 20, TimeSpan.FromMinutes(2)),
            ];
        if (await RefusesAsync(limits, member, email, cancel) is { } rejection) return (null, rejection);
        if (!await FitsAsync(member, password))
        {
            await FailAsync(member, email, "password", cancel);
            return (null, null);
        }
        await limiter.ResetAsync(limits);
        return (member, null);
    }

    /// <summary>Whether the one who is here knows the password, or has the code; for proving it again, and behind the password.</summary>
    public async Task<(bool Fits, Rejection? Refused)> CheckProofAsync(
        StaffMember member, string? password, string? code, CancellationToken cancel)
    {
        var passwords = password is null ? [] : new Limit[] { new($"prove {member.Id}", 5, TimeSpan.FromMinutes(5)) };
        // Whoever guesses at the code has the password already: slower still, and the owner is told.
        Limit[] limits = code is null ? passwords : known.Of(Context, member.Id) is { } browser
            ? [.. passwords, new($"code {browser}", 5, TimeSpan.FromMinutes(5))]
            : [.. passwords, new($"code {member.Id}", 5, TimeSpan.FromMinutes(15))];
        if (await RefusesAsync(limits, member, member.Email!, cancel) is { } rejection)
        {
            if (rejection.IsFirst && code is not null)
                accountMailQueue.Enqueue((accountEmails, c) => accountEmails.WarnAsync(member.Id,
                    "Someone entered your password, and then too many wrong codes. Codes are blocked for now.", c));
            return (false, rejection);
        }
        if (password is not null && !await FitsAsync(member, password))
        {
            await FailAsync(member, member.Email!, "password", cancel);
            return (false, null);
        }
        if (code is not null && !await IsCodeAsync(member, code))
        {
            await FailAsync(member, member.Email!, "second factor", cancel);
            return (false, null);
        }
        await limiter.ResetAsync(limits);
        return (true, null);
    }

    /// <summary>Whose passkey this is; null where it opens nothing here.</summary>
    public async Task<(StaffMember? Member, Rejection? Refused)> CheckPasskeyAsync(string? credential, CancellationToken cancel)
    {
        if (await RefusesAsync([FromHere], null, "", cancel) is { } rejection) return (null, rejection);
        var shown = credential is { Length: > 0 } ? await TryAsync(() => session.PerformPasskeyAssertionAsync(credential)) : null;
        if (shown is not { Succeeded: true, User: { ClosedAt: null } member }
            || !(await staff.AddOrUpdatePasskeyAsync(member, shown.Passkey)).Succeeded)
        {
            await FailAsync(shown?.User, "", "passkey", cancel);
            return (null, null);
        }
        await limiter.ResetAsync(FromHere);
        return (member, null);
    }

    /// <summary>The password was right; the second factor is still to come. Good for five minutes.</summary>
    public Task BeginSecondFactorAsync(StaffMember member) => Context.SignInAsync(
        IdentityConstants.TwoFactorUserIdScheme,
        new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, member.Id.ToString(CultureInfo.InvariantCulture))], IdentityConstants.TwoFactorUserIdScheme)),
        new AuthenticationProperties { Items = { [Stamp] = member.SecurityStamp } });

    /// <summary>Who stands between password and second factor.</summary>
    public async Task<StaffMember?> PendingMemberAsync()
    {
        var half = await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        return half.Principal?.FindFirstValue(ClaimTypes.Name) is { } id
            && await staff.FindByIdAsync(id) is { ClosedAt: null } member
            && half.Properties!.Items.TryGetValue(Stamp, out var stamp)
            && stamp == member.SecurityStamp ? member : null;
    }

    /// <summary>Lets someone in: a new session, a line in the log, a browser that is known from now on.</summary>
    /// <param name="by">What was shown, as the log says it.</param>
    public async Task SignInAsync(StaffMember member, string by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        // Whatever this browser had opened before is over.
        var before = await KeyAsync();
        var over = now - SessionLasts;
        var spare = await db.StaffSessions
            .Where(s => s.StaffId == member.Id)
            .OrderByDescending(s => s.ProvedAt)
            .Skip(StaffSession.Most - 1)
            .Select(s => s.Key)
            .ToListAsync(cancel);
        await db.StaffSessions.Where(s => s.Key == before || s.ProvedAt < over || spare.Contains(s.Key)).ExecuteDeleteAsync(cancel);
        var begun = new StaffSession(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), member.Id, now);
        db.StaffSessions.Add(begun);
        db.Events.Add(new NewsEvent(Act.SignIn, member.Actor, now, [], by, EventSubject.Staff(member.Name)));
        await db.SaveChangesAsync(cancel);
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await SignInAsync(member, begun.Key, now);
        known.Remember(Context, member.Id);
    }

    /// <summary>The session goes on, with a proof of this moment.</summary>
    public async Task MarkRecentSignInAsync(StaffMember member, CancellationToken cancel)
    {
        var (key, now) = (await KeyAsync(), clock.GetUtcNow());
        await db.StaffSessions.Where(s => s.Key == key).ExecuteUpdateAsync(s => s.SetProperty(x => x.ProvedAt, now), cancel);
        await SignInAsync(member, key, now);
    }

    /// <summary>Ends this session: the cookie, and every copy of it. The member's other browsers stay signed in.</summary>
    public async Task SignOutAsync(CancellationToken cancel)
    {
        var key = await KeyAsync();
        await db.StaffSessions.Where(s => s.Key == key).ExecuteDeleteAsync(cancel);
        await session.SignOutAsync();
    }

    /// <summary>Ends every session of a member but this browser's.</summary>
    public async Task SignOutOthersAsync(StaffMember member, CancellationToken cancel)
    {
        var key = await KeyAsync();
        await db.StaffSessions.Where(s => s.StaffId == member.Id && s.Key != key).ExecuteDeleteAsync(cancel);
    }

    /// <summary>
    /// Whether a cookie's session goes on, asked of the store by each request of the newsroom: it was not ended, and the account's
    /// password, role and state are those that it was begun or renewed with.
    /// </summary>
    internal static async Task<bool> IsValidSessionAsync(HttpContext context, ClaimsPrincipal who, AuthenticationProperties ticket)
    {
        if (!IsRecentSignIn(context, ticket, SessionLasts) || SessionKeyOf(ticket) is not { } key) return false;
        var services = context.RequestServices;
        var claims = services.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity;
        var (db, id, stamp) = (services.GetRequiredService<NewsDb>(), who.FindFirstValue(claims.UserIdClaimType),
            who.FindFirstValue(claims.SecurityStampClaimType));
        var member = await (
            from s in db.StaffSessions
            join m in db.Staff on s.StaffId equals m.Id
            where s.Key == key && m.ClosedAt == null
            select new { m.Id, m.SecurityStamp }).FirstOrDefaultAsync(context.RequestAborted);
        return member is not null
            && stamp is not null
            && member.SecurityStamp == stamp
            && member.Id.ToString(CultureInfo.InvariantCulture) == id;
    }

    /// <summary>Names the session of a cookie.</summary>
    internal static string? SessionKeyOf(AuthenticationProperties ticket) => ticket.Items.TryGetValue(SessionKey, out var key) ? key : null;

    private async Task<string?> KeyAsync() =>
        (await Context.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties is { } ticket ? SessionKeyOf(ticket) : null;

    private Task SignInAsync(StaffMember member, string? key, DateTimeOffset proved) => session.SignInAsync(
        member,
        new AuthenticationProperties { Items = { [SessionKey] = key, [ProvedAt] = proved.ToString("O", CultureInfo.InvariantCulture) } });

    /// <summary>The browser has followed a link from the owner's mail.</summary>
    public void RememberBrowser(StaffMember member) => known.Remember(Context, member.Id);

    internal static async Task<bool> IsRecentSignInAsync(HttpContext context) =>
        (await context.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties is { } ticket
        && IsRecentSignIn(context, ticket, ProofLasts);

    internal static bool IsRecentSignIn(HttpContext context, AuthenticationProperties ticket, TimeSpan within) =>
        ticket.Items.TryGetValue(ProvedAt, out var at) && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out var proved)
        && context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() - proved <= within;

    internal static async Task<T?> TryAsync<T>(Func<Task<T>> act) where T : class
    {
        try
        {
            return await act();
        }
        catch (InvalidOperationException)
        {
            // Nothing was asked for, or too long ago: the browser holds no question that this would answer.
            return null;
        }
    }

    private Limit FromHere => new($"here {Caller.Of(Context)}", 30, TimeSpan.FromSeconds(20));

    private async Task<bool> FitsAsync(StaffMember? member, string password)
    {
        if (member is { ClosedAt: null, PasswordHash: not null }) return await staff.CheckPasswordAsync(member, password);
        // The time it takes must not tell what was wrong.
        staff.PasswordHasher.VerifyHashedPassword(member!, Decoy, password);
        return false;
    }

    private async Task<bool> IsCodeAsync(StaffMember member, string code)
    {
        var typed = code.Trim();
        if (typed.Count(char.IsAsciiDigit) == 6 && typed.All(c => char.IsAsciiDigit(c) || c == ' '))
            return await staff.VerifyTwoFactorTokenAsync(member, TokenOptions.DefaultAuthenticatorProvider, typed);
        var letters = string.Concat(typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit));
        return letters.Length == 10 && (await staff.RedeemTwoFactorRecoveryCodeAsync(member, $"{letters[..5]}-{letters[5..]}")).Succeeded;
    }

    private async Task<Rejection?> RefusesAsync(Limit[] limits, StaffMember? member, string email, CancellationToken cancel)
    {
        if (await limiter.CheckAsync(limits) is not { } rejection) return null;
        if (rejection.IsFirst)
            await NoteAsync(
                Act.LockOut, member, email, $"too many wrong tries; not listened to for {Math.Ceiling(rejection.Wait.TotalMinutes):0} min",
                cancel);
        return rejection;
    }

    private Task FailAsync(StaffMember? member, string email, string what, CancellationToken cancel) =>
        NoteAsync(Act.FailToSignIn, member, email, $"wrong {what}", cancel);

    private async Task NoteAsync(Act act, StaffMember? member, string email, string note, CancellationToken cancel)
    {
        // A password typed into the wrong field must not come to stand in the log.
        EventSubject? subject = member is not null ? EventSubject.Staff(member.Name)
            : StaffRules.IsAddress(email) ? EventSubject.Address(email)
            : null;
        db.Events.Add(new NewsEvent(act, Actor.Stranger, clock.GetUtcNow(), [], note, subject));
        await db.SaveChangesAsync(cancel);
    }
}
