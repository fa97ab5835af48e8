using System.Globalization;
using MimeKit;
using NewsHub.Core.Store;

namespace NewsHub.Core.Mail;

/// <summary>Where there is no mail server: each mail is a file that any mail program opens. Links in them open doors, so they are
/// their owner's to read.</summary>
/// <param name="folder">Made when first needed.</param>
public sealed class OutboxMailer(string folder, MailboxAddress from, TimeProvider clock) : IMailer
{
    public bool Delivers => false;

    public async Task SendAsync(Email email, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var file = Path.Combine(folder, email.Once is { } once
            ? $"{once}.eml"
            : $"{now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{Guid.CreateVersion7(now):N}.eml");
        // It is there already: whoever wrote it was stopped before they could say so.
        if (email.Once is not null && File.Exists(file)) return;
        var part = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            PrivateFiles.CreateFolder(folder);
            using var message = email.Sealed(from, now);
            // HTML has lines longer than a mail may have. Text is left as a person reads it, links whole.
            if (email.Html is not null) message.Prepare(EncodingConstraint.SevenBit);
            // Whole, or not there: somebody may be watching the folder.
            await using (var stream = PrivateFiles.Open(part, FileMode.CreateNew, FileAccess.Write))
                await message.WriteToAsync(stream, cancel);
            File.Move(part, file, overwrite: email.Once is not null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(part);
            throw new MailFailedException($"The mail could not be written to the outbox: {StorageFailure.Of(e)?.Sentence ?? e.Message}", e);
        }
    }

    public Task<IMailRound> OpenAsync(CancellationToken cancel = default) => Task.FromResult<IMailRound>(new Round(this));

    private sealed class Round(OutboxMailer outbox) : IMailRound
    {
        public Task SendAsync(Email email, CancellationToken cancel = default) => outbox.SendAsync(email, cancel);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
