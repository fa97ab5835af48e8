using System.Globalization;
using MimeKit;

namespace NewsHub.Core.Mail;

/// <summary>Where there is no mail server: each mail is a file that any mail program opens. Links in them open doors, so they are their owner's to read.</summary>
/// <param name="folder">Made when first needed.</param>
public sealed class OutboxMailer(string folder, MailboxAddress from, TimeProvider clock) : IMailer
{
    public async Task SendAsync(Letter letter, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var file = Path.Combine(folder, $"{now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{Guid.CreateVersion7(now):N}.eml");
        try
        {
            Directory.CreateDirectory(folder);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            // Whole, or not there: somebody may be watching the folder.
            await using (var stream = new FileStream(file + ".part", options)) await letter.Sealed(from, now).WriteToAsync(stream, cancel);
            File.Move(file + ".part", file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MailFailedException($"The mail could not be written to the outbox: {e.Message}", e);
        }
    }
}
