using Microsoft.AspNetCore.Identity;
using NewsHub.Core.Mail;
using NewsHub.Core.Staff;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Options;

namespace NewsHub.Web.Setup;

/// <summary>Accounts, their rules, and mail to their owners: what the newsroom and the command <c>staff</c> both need.</summary>
internal static class StaffSetup
{
    public static IdentityBuilder AddStaff(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        // Before Identity's own, which then stay out.
        services.AddScoped<IUserValidator<StaffMember>, StaffRules>();
        services.AddScoped<IPasswordValidator<StaffMember>, PasswordRules>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = StaffSignIn.PasswordRounds);
        services.AddScoped<AccountEmails>();
        services.AddSingleton(s => Mailer(
            s.GetRequiredService<SmtpOptions>(), s.GetRequiredService<SiteOptions>(), s.GetRequiredService<Folders>(),
            s.GetRequiredService<TimeProvider>()));
        return services.AddIdentityCore<StaffMember>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                identity.User.AllowedUserNameCharacters = "";
                identity.Tokens.PasswordResetTokenProvider = AccountTokens.Provider;
                // Identity's lockout would let a stranger shut the owner out; RateLimiter counts instead.
                identity.Lockout.AllowedForNewUsers = false;
            })
            .AddUserStore<StaffStore>()
            .AddErrorDescriber<PlainWords>()
            .AddTokenProvider<AccountTokens>(AccountTokens.Provider)
            .AddTokenProvider<Totp>(TokenOptions.DefaultAuthenticatorProvider);
    }

    private static IMailer Mailer(SmtpOptions smtp, SiteOptions options, Folders folders, TimeProvider clock)
    {
        var from = smtp.Sender(new Uri(options.Url));
        if (smtp.Host is not { } host) return new OutboxMailer(folders.Outbox, from, clock);
        return new SmtpMailer(new SmtpServer(host, smtp.Port, smtp.User, smtp.Password, smtp.Tls), from, clock);
    }

    /// <summary>What Identity itself has to say, where it reaches a person.</summary>
    private sealed class PlainWords : IdentityErrorDescriber
    {
        public override IdentityError DefaultError() => Say(nameof(DefaultError), "That could not be done. Try again.");
        public override IdentityError ConcurrencyFailure() => Say(
            nameof(ConcurrencyFailure), "Someone else changed this account at the same moment. Check it and try again.");
        public override IdentityError PasswordMismatch() => Say("Password", "The password is not correct.");
        public override IdentityError InvalidToken() => Say(nameof(InvalidToken), "This link has been used or has expired.");
        public override IdentityError UserAlreadyHasPassword() =>
            Say(nameof(UserAlreadyHasPassword), "This account already has a password.");
        public override IdentityError RecoveryCodeRedemptionFailed() =>
            Say(nameof(RecoveryCodeRedemptionFailed), "That recovery code is not correct, or has already been used.");

        private static IdentityError Say(string code, string sentence) => new() { Code = code, Description = sentence };
    }
}
