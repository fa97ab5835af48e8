using System.Globalization;
using System.Text.Json;
using NewsHub.Core.Newsletters;

namespace NewsHub.Web.Endpoints;

/// <summary>
/// Reads what became of mails, in the words of each provider: Amazon SES (what is in the envelope of SNS), Mailgun, Postmark, SendGrid, and
/// our own. Fields that are not known are passed over: providers add to their forms as they like.
/// </summary>
internal static class MailReports
{
    /// <summary>One JSON value; SendGrid's list is read value by value.</summary>
    /// <returns>Null where it is no form that is known here; empty where it tells of no address.</returns>
    public static IReadOnlyList<MailReport>? Read(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Object) return null;
        if (Object(value, "event-data") is { } mailgun) return Mailgun(mailgun);
        if (Text(value, "RecordType") is { } record) return Postmark(value, record);
        if (Text(value, "notificationType") is { } notification) return Ses(value, notification);
        if (Text(value, "email") is not null && Text(value, "event") is { } sendGrid) return SendGrid(value, sendGrid);
        if (Text(value, "eventType") is { } type) return Ses(value, type);
        return Ours(value);
    }

    /// <summary>
    /// <c>{"address":"ada@example.org","kind":"bounce"}</c>, with <c>id</c> and <c>at</c> where they are known. Names
    /// are read whatever their capitals.
    /// </summary>
    private static IReadOnlyList<MailReport>? Ours(JsonElement value)
    {
        string? address = null, kind = null, id = null;
        DateTimeOffset? at = null;
        foreach (var field in value.EnumerateObject())
        {
            if (field.Name.Equals("address", StringComparison.OrdinalIgnoreCase)) address = AsText(field.Value);
            else if (field.Name.Equals("kind", StringComparison.OrdinalIgnoreCase)) kind = AsText(field.Value);
            else if (field.Name.Equals("id", StringComparison.OrdinalIgnoreCase)) id = AsText(field.Value);
            else if (field.Name.Equals("at", StringComparison.OrdinalIgnoreCase)) at = AsTime(field.Value);
        }
        if (address is not { Length: > 0 } || kind is null) return null;
        return One(address, kind.ToLowerInvariant() switch
        {
            "bounce" => MailOutcome.SoftBounce,
            "hard-bounce" => MailOutcome.HardBounce,
            "complaint" => MailOutcome.Complaint,
            "delivery" => MailOutcome.Arrived,
            "unsubscribe" => MailOutcome.Unsubscribed,
            _ => MailOutcome.Other,
        }, id is { Length: > 0 } ? $"own:{id}" : null, at);
    }

    /// <summary>A notification is named by <c>notificationType</c>, an event by <c>eventType</c>; within they are alike.</summary>
    private static IReadOnlyList<MailReport>? Ses(JsonElement value, string type)
    {
        if (type == "AmazonSnsSubscriptionSucceeded") return [];
        if (Object(value, "mail") is not { } mail) return null;
        var id = Text(mail, "messageId") is { Length: > 0 } message ? $"ses:{message}" : null;
        switch (type)
        {
            case "Bounce" when Object(value, "bounce") is { } bounce:
                var outcome = Text(bounce, "bounceType") == "Permanent" ? MailOutcome.HardBounce : MailOutcome.SoftBounce;
                return All(Each(bounce, "bouncedRecipients").Select(r => Text(r, "emailAddress")), outcome, id, Time(bounce, "timestamp"));
            case "Complaint" when Object(value, "complaint") is { } complaint:
                // A reader who takes mail out of the unwanted says so by the same form.
                if (Text(complaint, "complaintFeedbackType") == "not-spam") return [];
                return All(Each(complaint, "complainedRecipients").Select(r => Text(r, "emailAddress")), MailOutcome.Complaint, id,
                    Time(complaint, "timestamp"));
            case "Delivery" when Object(value, "delivery") is { } delivery:
                return All(Each(delivery, "recipients").Select(AsText), MailOutcome.Arrived, id, Time(delivery, "timestamp"));
            case "Open" or "Click":
                // Told of a mail, not of an address: of several nobody knows whose it was.
                var to = Each(mail, "destination").Select(AsText).ToList();
                return to.Count == 1
                    ? All(to, MailOutcome.Arrived, id, Time(Object(value, type == "Open" ? "open" : "click"), "timestamp"))
                    : [];
            case "Bounce" or "Complaint" or "Delivery":
                return null;
            default:
                return [];
        }
    }

    private static IReadOnlyList<MailReport>? Mailgun(JsonElement data)
    {
        if (Text(data, "event") is not { } happened || Text(data, "recipient") is not { Length: > 0 } recipient) return null;
        var message = Object(data, "message") is { } mail && Object(mail, "headers") is { } headers ? Text(headers, "message-id") : null;
        return One(recipient, happened switch
        {
            "delivered" or "opened" or "clicked" => MailOutcome.Arrived,
            "complained" => MailOutcome.Complaint,
            "unsubscribed" => MailOutcome.Unsubscribed,
            // What was tried for hours and given up says as little of the address as what is still being tried.
            "failed" when Text(data, "severity") == "permanent"
                && Text(data, "reason") is not ("old" or "generic" or "greylisted" or "espblock") => MailOutcome.HardBounce,
            "failed" => MailOutcome.SoftBounce,
            _ => MailOutcome.Other,
        }, (message ?? Text(data, "id")) is { Length: > 0 } id ? $"mailgun:{id}" : null, Time(data, "timestamp"));
    }

    private static IReadOnlyList<MailReport>? Postmark(JsonElement value, string record)
    {
        var id = Text(value, "MessageID") is { Length: > 0 } message ? $"postmark:{message}" : null;
        switch (record)
        {
            case "Bounce":
                return Text(value, "Email") is not { Length: > 0 } bounced ? null : One(bounced, Text(value, "Type") switch
                {
                    "HardBounce" or "BadEmailAddress" => MailOutcome.HardBounce,
                    "SpamComplaint" => MailOutcome.Complaint,
                    "Unsubscribe" or "Subscribe" or "AutoResponder" or "AddressChange" or "OpenRelayTest" or "ChallengeVerification"
                        or "VirusNotification" or "Unconfirmed" or "SMTPApiError" or "InboundError" or "TemplateRenderingFailed" =>
                        MailOutcome.Other,
                    // Postmark writes there no more.
                    _ when IsTrue(value, "Inactive") => MailOutcome.HardBounce,
                    _ => MailOutcome.SoftBounce,
                }, id, Time(value, "BouncedAt"));
            case "SpamComplaint":
                if (Text(value, "Email") is not { Length: > 0 } complained) return null;
                return One(complained, MailOutcome.Complaint, id, Time(value, "BouncedAt"));
            case "Delivery" or "Open" or "Click":
                if (Text(value, "Recipient") is not { Length: > 0 } reached) return null;
                return One(reached, MailOutcome.Arrived, id, Time(value, "DeliveredAt") ?? Time(value, "ReceivedAt"));
            case "SubscriptionChange":
                if (Text(value, "Recipient") is not { Length: > 0 } recipient) return null;
                if (!IsTrue(value, "SuppressSending")) return [];
                return One(recipient, Text(value, "SuppressionReason") switch
                {
                    "HardBounce" => MailOutcome.HardBounce,
                    "SpamComplaint" => MailOutcome.Complaint,
                    "ManualSuppression" when Text(value, "Origin") == "Recipient" => MailOutcome.Unsubscribed,
                    _ => MailOutcome.Other,
                }, id, Time(value, "ChangedAt"));
            default:
                return [];
        }
    }

    private static IReadOnlyList<MailReport> SendGrid(JsonElement value, string happened)
    {
        // Named by the mail: it comes back once, however often that is told.
        var id = (Text(value, "sg_message_id") ?? Text(value, "sg_event_id")) is { Length: > 0 } name ? $"sendgrid:{name}" : null;
        return One(Text(value, "email")!, happened switch
        {
            "delivered" or "open" or "click" => MailOutcome.Arrived,
            "spamreport" => MailOutcome.Complaint,
            "unsubscribe" => MailOutcome.Unsubscribed,
            "bounce" when Text(value, "type") == "blocked" || Text(value, "status")?.StartsWith('4') is true => MailOutcome.SoftBounce,
            "bounce" => MailOutcome.HardBounce,
            "blocked" => MailOutcome.SoftBounce,
            "dropped" => Text(value, "reason") switch
            {
                "Bounced Address" or "Invalid" => MailOutcome.HardBounce,
                "Spam Reporting Address" => MailOutcome.Complaint,
                "Unsubscribed Address" => MailOutcome.Unsubscribed,
                _ => MailOutcome.Other,
            },
            _ => MailOutcome.Other,
        }, id, Time(value, "timestamp"));
    }

    private static IReadOnlyList<MailReport> One(string address, MailOutcome outcome, string? id, DateTimeOffset? at) =>
        [new(Bare(address), outcome, id, at)];

    private static IReadOnlyList<MailReport> All(IEnumerable<string?> addresses, MailOutcome outcome, string? id, DateTimeOffset? at) =>
        [.. addresses.OfType<string>().Select(a => new MailReport(Bare(a), outcome, id, at))];

    /// <summary>Of <c>Ada &lt;ada@example.org&gt;</c> the address.</summary>
    private static string Bare(string address)
    {
        var (open, close) = (address.LastIndexOf('<'), address.LastIndexOf('>'));
        return (open >= 0 && close > open ? address[(open + 1)..close] : address).Trim();
    }

    private static JsonElement? Object(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } value
        && value.TryGetProperty(name, out var inner)
        && inner.ValueKind is JsonValueKind.Object
            ? inner
            : null;

    private static bool IsTrue(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    private static JsonElement[] Each(JsonElement of, string name) =>
        of.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    /// <returns>Null where there is no such text or number.</returns>
    internal static string? Text(JsonElement of, string name) =>
        of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var text) ? AsText(text) : null;

    private static string? AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static DateTimeOffset? Time(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var time) ? AsTime(time) : null;

    /// <summary>ISO 8601, or seconds since 1970, also with a fraction.</summary>
    private static DateTimeOffset? AsTime(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String)
            return DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? at.ToUniversalTime()
                : null;
        if (value.ValueKind is not JsonValueKind.Number || !value.TryGetDouble(out var seconds) || seconds is <= 0 or >= 100_000_000_000)
            return null;
        return DateTimeOffset.UnixEpoch.AddSeconds(seconds);
    }
}
