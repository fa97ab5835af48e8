using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Newsletters;

namespace NewsHub.Web.Tests.Newsletters;

/// <summary>What a mail provider tells of mail that came back.</summary>
public sealed class BounceTests
{
    [Fact]
    public async Task Returns_count_and_complaints_take_off_the_list_with_a_mark_that_says_no_address()
    {
        await using var room = new MailRoom(("Newsletter:BounceSecret", "brackish"), ("Newsletter:Bounces", "2"));
        await room.AddAsync(3);
        foreach (var secret in new[] { null, "Bearer wrong", "brackish", "Bearer brackish " + "x" })
            Assert.Equal(
                HttpStatusCode.Unauthorized, await TellAsync(room, secret, """{"address":"reader1@example.org","kind":"bounce"}"""));
        Assert.Equal(HttpStatusCode.OK, await TellAsync(room, "Bearer brackish", """
            {"address":"READER1@example.org","kind":"Bounce"}
            {"address":"reader1@example.org","kind":"bounce"}

            {"address":"reader2@example.org","kind":"complaint"}
            {"address":"reader3@example.org","kind":"delayed"}
            {"address":"nobody@example.org","kind":"bounce"}
            this is no JSON
            """));
        var left = await room.App.FromElsewhereAsync(
            db => db.Subscribers.AsNoTracking().OrderBy(s => s.Id).Select(s => new { s.Address, s.State }).ToListAsync());
        Assert.Equal([("reader1@example.org", SubscriberState.Bounced), ("reader3@example.org", SubscriberState.Subscribed)],
            left.Select(s => (s.Address, s.State)));
        var mark = await room.App.FromElsewhereAsync(db => db.Suppressed.AsNoTracking().SingleAsync());
        Assert.Equal((Suppression.Complained, 43), (mark.Why, mark.Mark.Length));

        await room.SignUpAsync("Reader2@example.org");
        await NewsHubApp.EventuallyAsync(
            async () => await room.App.FromElsewhereAsync(db => db.SignUps.CountAsync()) == 0, "it is seen to");
        Assert.Empty(room.Office.Mail);
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_such_address_and_nonsense_is_told_to_be_nonsense()
    {
        await using (var shut = new MailRoom())
            Assert.Equal(
                HttpStatusCode.NotFound, await TellAsync(shut, "Bearer ", """{"address":"reader1@example.org","kind":"bounce"}"""));
        await using var room = new MailRoom(("Newsletter:BounceSecret", "brackish"));
        Assert.Equal(HttpStatusCode.BadRequest, await TellAsync(room, "Bearer brackish", "[1,2]\nnull\n{}"));
    }

    /// <summary>Each provider's forms, with the address at *, and the name of the mail or event at #: three of a
    /// form are three mails.</summary>
    private static readonly (string Provider, string Form)[] SoftForms =
    [
        ("SES notification", """{"notificationType":"Bounce","bounce":{"bounceType":"Transient","bounceSubType":"MailboxFull","bouncedRec"""
            + """ipients":[{"emailAddress":"Ada <*>","status":"4.2.2"}],"timestamp":"2016-01-27T14:59:38.237Z","feedbackId":"f-#"}"""
            + ""","mail":{"messageId":"m-#","destination":["*"]}}"""),
        ("SES event", """{"eventType":"Bounce","bounce":{"bounceType":"Undetermined","bouncedRecipients":[{"emailAddress":"*"}]"""
            + ""","timestamp":"2016-01-27T14:59:38Z"},"mail":{"messageId":"m-#"}}"""),
        ("Mailgun", """{"signature":{"token":"t","timestamp":"1529006854","signature":"s"},"event-data":"""
            + """{"event":"failed","severity":"temporary","id":"e-#","timestamp":1521472262.908181,"recipient":"*","message":{"headers":"""
            + """{"message-id":"m-#"}}}}"""),
        ("Mailgun gave up", """{"event-data":{"event":"failed","severity":"permanent","reason":"old","id":"#","recipient":"*"}}"""),
        ("Postmark", """{"RecordType":"Bounce","Type":"SoftBounce","TypeCode":4096,"MessageID":"m-#","Email":"*","BouncedAt":"2019-11-"""
            + """05T16:33:54.9070259Z","Inactive":false}"""),
        ("SendGrid", """[{"email":"*","event":"bounce","type":"blocked","status":"5.7.1","timestamp":1513299569,"sg_event_id":"e-"""
            + """#","sg_message_id":"m-#"}]"""),
        ("our own", """{"address":"*","kind":"bounce","id":"#"}"""),
    ];

    private static readonly (string Provider, string Form, SubscriberState? State)[] FinalForms =
    [
        ("SES", """{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[{"emailAddress":"*"}]}"""
            + ""","mail":{"messageId":"m"}}""", SubscriberState.Bounced),
        ("SES complaint", """{"notificationType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"*"}]"""
            + ""","complaintFeedbackType":"abuse"},"mail":{"messageId":"m"}}""", null),
        ("SES no complaint", """{"notificationType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"*"}]"""
            + ""","complaintFeedbackType":"not-spam"},"mail":{"messageId":"m"}}""", SubscriberState.Subscribed),
        ("Mailgun", """{"event-data":{"event":"failed","severity":"permanent","reason":"bounce","recipient":"*"}}""",
            SubscriberState.Bounced),
        ("Mailgun complaint", """{"event-data":{"event":"complained","recipient":"*"}}""", null),
        ("Postmark", """{"RecordType":"Bounce","Type":"HardBounce","Email":"*","Inactive":true}""", SubscriberState.Bounced),
        ("Postmark unknown", """{"RecordType":"Bounce","Type":"Blocked","Email":"*","Inactive":true}""", SubscriberState.Bounced),
        ("Postmark complaint", """{"RecordType":"SpamComplaint","Type":"SpamComplaint","Email":"*"}""", null),
        ("Postmark auto-reply", """{"RecordType":"Bounce","Type":"AutoResponder","Email":"*"}""", SubscriberState.Subscribed),
        ("SendGrid", """[{"email":"*","event":"bounce","type":"bounce","status":"5.0.0","sg_event_id":"e"}]""", SubscriberState.Bounced),
        ("SendGrid dropped", """[{"email":"*","event":"dropped","reason":"Bounced Address"}]""", SubscriberState.Bounced),
        ("SendGrid complaint", """[{"email":"*","event":"spamreport"}]""", null),
        ("SendGrid put off", """[{"email":"*","event":"deferred","attempt":"5"},{"email":"*","event":"processed"}]""",
            SubscriberState.Subscribed),
    ];

    private static readonly string[] ArrivedForms =
    [
        """{"notificationType":"Delivery","delivery":{"recipients":["*"],"timestamp":"2030-01-27T14:59:38.237Z"}"""
        + ""","mail":{"messageId":"m"}}""",
        """{"event-data":{"event":"delivered","recipient":"*","timestamp":1900000000.5}}""",
        """{"RecordType":"Delivery","Recipient":"*","DeliveredAt":"2030-11-05T16:33:54Z"}""",
        """{"RecordType":"Open","Recipient":"*","ReceivedAt":"2030-11-05T16:33:54Z"}""",
        """[{"email":"*","event":"delivered","timestamp":1900000000}]""",
        """[{"email":"*","event":"click","timestamp":1900000000}]""",
        """{"address":"*","kind":"delivery"}""",
    ];

    [Trait("Needs", "time")]
    [Fact]
    public async Task In_each_providers_form_three_bounces_in_a_row_end_it_though_the_relay_took_what_was_sent_between()
    {
        await using var room = new MailRoom(Secret);
        await room.AddAsync(SoftForms.Length + 1);
        for (var i = 1; i <= 3; i++)
        {
            await room.PublishAsync(i + 1, $"Tides {i}");
            await room.ExpectAsync(i + 1, BulletinState.Sent);
            for (var reader = 1; reader <= SoftForms.Length; reader++)
            {
                var (provider, form) = SoftForms[reader - 1];
                Assert.Equal((provider, SubscriberState.Subscribed, i - 1), Named(provider, await StateAsync(room, reader)));
                // Told again, it is the same bounce; also within the envelope of SNS.
                foreach (var told in new[] { Of(form, $"n{i}", reader), Of(form, $"n{i}", reader), Sns(Of(form, $"n{i}", reader)) }
                    .Take(provider.StartsWith("SES", StringComparison.Ordinal) ? 3 : 2))
                {
                    Assert.Equal(HttpStatusCode.OK, await TellAsync(room, Bearer, told));
                }
                Assert.Equal((provider, i < 3 ? SubscriberState.Subscribed : SubscriberState.Bounced, i),
                    Named(provider, await StateAsync(room, reader)));
            }
        }
        await room.PublishAsync(5, "For the last one alone");
        await room.ExpectAsync(5, BulletinState.Sent);
        for (var reader = 1; reader <= SoftForms.Length; reader++) Assert.Equal(3, room.Office.To($"reader{reader}@example.org").Count);
        Assert.Equal(4, room.Office.To($"reader{SoftForms.Length + 1}@example.org").Count);

        static (string, SubscriberState, int) Named(string provider, (SubscriberState State, int Bounces) now) =>
            (provider, now.State, now.Bounces);
    }

    [Fact]
    public async Task What_is_said_to_be_for_good_ends_it_at_once()
    {
        await using var room = new MailRoom(Secret);
        await room.AddAsync(FinalForms.Length + 1);
        for (var twice = 0; twice < 2; twice++)
            for (var reader = 1; reader <= FinalForms.Length; reader++)
                Assert.Equal(HttpStatusCode.OK, await TellAsync(room, Bearer, Of(FinalForms[reader - 1].Form, reader: reader)));
        var left = await room.App.FromElsewhereAsync(
            db => db.Subscribers.ToDictionaryAsync(s => s.Address, s => (SubscriberState?)s.State));
        Assert.Equal(FinalForms.Select(f => (f.Provider, f.State)),
            FinalForms.Select((f, i) => (f.Provider, left.GetValueOrDefault($"reader{i + 1}@example.org"))));
        Assert.Equal(SubscriberState.Subscribed, left[$"reader{FinalForms.Length + 1}@example.org"]);
        Assert.Equal(FinalForms.Count(f => f.State is null),
            await room.App.FromElsewhereAsync(db => db.Suppressed.CountAsync(s => s.Why == Suppression.Complained)));
    }

    [Fact]
    public async Task A_mail_that_is_known_to_have_arrived_ends_the_row()
    {
        await using var room = new MailRoom(Secret);
        await room.AddAsync(ArrivedForms.Length);
        for (var reader = 1; reader <= ArrivedForms.Length; reader++)
            for (var i = 0; i < 3; i++)
            {
                for (var n = 0; n < 2; n++)
                    await TellAsync(
                        room, Bearer, Of("""{"address":"*","kind":"bounce","id":"#","at":"2020-01-01T00:00:00Z"}""", $"{i}-{n}", reader));
                Assert.Equal((SubscriberState.Subscribed, 2), await StateAsync(room, reader));
                await TellAsync(room, Bearer, Of(ArrivedForms[reader - 1], reader: reader));
                Assert.Equal((SubscriberState.Subscribed, 0), await StateAsync(room, reader));
            }
    }

    [Fact]
    public async Task A_delivery_from_before_the_bounce_ends_no_row_and_a_link_that_is_opened_does()
    {
        await using var room = new MailRoom(Secret);
        var yours = await room.SubscribeAsync("reader1@example.org");
        for (var n = 0; n < 2; n++)
            await TellAsync(room, Bearer, Of("""{"address":"*","kind":"bounce","id":"#","at":"2020-01-02T00:00:00Z"}""", $"{n}"));
        await TellAsync(room, Bearer, Of("""{"address":"*","kind":"delivery","at":"2020-01-01T00:00:00Z"}"""));
        Assert.Equal((SubscriberState.Subscribed, 2), await StateAsync(room));
        await room.App.GetAsync(yours);
        Assert.Equal((SubscriberState.Subscribed, 0), await StateAsync(room));
        for (var n = 2; n < 5; n++) await TellAsync(room, Bearer, Of("""{"address":"*","kind":"bounce","id":"#"}""", $"{n}"));
        Assert.Equal((SubscriberState.Bounced, 3), await StateAsync(room));
        // Neither a late delivery nor a look brings an address back; its owner's press does.
        await TellAsync(room, Bearer, Of("""{"address":"*","kind":"delivery"}"""));
        await room.App.GetAsync(yours);
        Assert.Equal((SubscriberState.Bounced, 3), await StateAsync(room));
        await room.SendAsync(yours, ("do", "resume"));
        Assert.Equal((SubscriberState.Subscribed, 0), await StateAsync(room));
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task A_batch_of_thousands_is_taken_at_once_and_taken_again_changes_nothing()
    {
        await using var room = new MailRoom(Secret);
        await room.AddAsync(3000);
        var batch = "[" + string.Join(',', Enumerable.Range(1, 4000).Select(i => $$"""{"email":"reader{{i}}@example."""
            + $$"""org","event":"{{(i % 3 == 0 ? "spamreport" : "bounce")}}","type":"blocked","sg_message_id":"m"""
            + $$"""{{i}}","timestamp":{{1513299569 + i}}}""")) + "]";
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await TellAsync(room, Bearer, batch));
            Assert.Equal((2000, 2000, 1000), await room.App.FromElsewhereAsync(async db => (await db.Subscribers.CountAsync(),
                await db.Subscribers.CountAsync(s => s.Bounces == 1), await db.Suppressed.CountAsync())));
        }
    }

    [Fact]
    public async Task The_secret_may_come_as_a_password_in_the_address_and_Mailgun_may_have_to_sign()
    {
        await using var room = new MailRoom([.. Secret, ("Newsletter:MailgunKey", "signing")]);
        await room.AddAsync(1);
        Assert.Equal(
            HttpStatusCode.OK, await TellAsync(room, Basic("anyone:brackish"), """{"address":"nobody@example.org","kind":"bounce"}"""));
        foreach (var wrong in new[]
        {
            Basic("brackish"), Basic("brackish:"), Basic(":"), "Basic ", "Basic ***", "Basic", Basic("a:brackish2"),
        })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await TellAsync(room, wrong, "{}"));
        }
        using (var asked = await room.App.Client.PostAsync("/newsletter/bounces", null, TestContext.Current.CancellationToken))
            Assert.StartsWith("Basic realm=", asked.Headers.WwwAuthenticate.Single().ToString(), StringComparison.Ordinal);

        const string data = "\"event-data\":{\"event\":\"complained\",\"recipient\":\"reader1@example.org\"}";
        var right = Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("signing"u8, "1529006854token"u8));
        foreach (var bad in new[]
        {
            "{" + data + "}",
            $$"""{"signature":{"timestamp":"1529006855","token":"token","signature":"{{right}}"},{{data}}}""",
            $$"""{"signature":[],{{data}}}""",
            $$"""{"signature":{"signature":"{{right}}"},{{data}}}""",
        })
        {
            Assert.Equal(HttpStatusCode.BadRequest, await TellAsync(room, Bearer, bad));
        }
        Assert.Equal(HttpStatusCode.OK, await TellAsync(
            room, Bearer, $$"""{"signature":{"timestamp":"1529006854","token":"token","signature":"{{right}}"},{{data}}}"""));
        Assert.Equal(0, await room.App.FromElsewhereAsync(db => db.Subscribers.CountAsync()));
    }

    [Fact]
    public async Task Whatever_field_is_of_another_shape_the_answer_is_never_a_fault_of_ours_and_nonsense_is_a_problem()
    {
        await using var room = new MailRoom(Secret);
        await room.AddAsync(1);
        string[] values = [
            "null", "true", "1", "-1e400", "\"\"", "\"\\ud800\"", "[]", "{}", "[null]", "[[{}]]", "{\"a\":{}}", "\"2016-13-45\"",
            "99999999999999999999",
        ];
        var forms = SoftForms.Select(f => f.Form)
            .Concat(FinalForms.Select(f => f.Form))
            .Concat(ArrivedForms)
            .Select(f => Of(f, "x"))
            .Distinct()
            .ToList();
        forms.AddRange(forms.Where(f => f.Contains("notificationType", StringComparison.Ordinal)).Select(Sns).ToList());
        foreach (var form in forms)
        {
            var broken = Broken(form, values).ToList();
            Assert.True(
                await TellAsync(room, Bearer, "[" + string.Join(',', broken) + "]") is HttpStatusCode.OK or HttpStatusCode.BadRequest,
                form);
            // Lines are read one by one.
            Assert.True(await TellAsync(room, Bearer, string.Join('\n', broken)) is HttpStatusCode.OK or HttpStatusCode.BadRequest, form);
        }
        foreach (var nonsense in new[]
        {
            "[1,2]", "{", "nonsense", "\"text\"", "null", "[[[[]]]]",
            "{\"Type\":\"Notification\",\"TopicArn\":\"a\",\"Message\":\"hello\"}",
            "{\"Type\":\"SubscriptionConfirmation\",\"TopicArn\":\"a\",\"SubscribeURL\":\"https://evil.example/\"}",
            new string('[', 100_000),
        })
        {
            using var request = Request(Bearer, nonsense);
            using var answer = await room.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"),
                (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }
        Assert.Equal(HttpStatusCode.OK, await TellAsync(room, Bearer, """{"Type":"SubscriptionConfirmation","TopicArn":"arn:aws:sns:eu-"""
            + """west-1:1:t","SubscribeURL":"https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription"}"""));
        Assert.Equal(HttpStatusCode.OK, await TellAsync(room, Bearer,
            """{"Type":"Notification","TopicArn":"a","Message":"Successfully validated SNS topic for Amazon SES event publishing."}"""));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await TellAsync(room, Bearer, new string(' ', (4 << 20) + 1)));
    }

    /// <summary>The form without each field in turn, and with another value in its place.</summary>
    private static IEnumerable<string> Broken(string form, string[] values)
    {
        foreach (var (path, _) in Paths(System.Text.Json.Nodes.JsonNode.Parse(form)!, ""))
            foreach (var value in values.Append(null))
            {
                var copy = System.Text.Json.Nodes.JsonNode.Parse(form)!;
                var (parent, name) = Paths(copy, "").Single(p => p.Path == path).Place;
                const string mark = "\"--here--\"";
                if (value is null) parent.Remove(name);
                else parent[name] = "--here--";
                yield return copy.ToJsonString().Replace(mark, value, StringComparison.Ordinal);
            }
    }

    private static IEnumerable<(string Path, (System.Text.Json.Nodes.JsonObject Parent, string Name) Place)> Paths(
        System.Text.Json.Nodes.JsonNode? node, string at)
    {
        if (node is System.Text.Json.Nodes.JsonArray list)
            for (var i = 0; i < list.Count; i++)
                foreach (var inner in Paths(list[i], $"{at}[{i}]")) yield return inner;
        if (node is not System.Text.Json.Nodes.JsonObject map) yield break;
        foreach (var (name, value) in map.ToList())
        {
            yield return ($"{at}/{name}", (map, name));
            foreach (var inner in Paths(value, $"{at}/{name}")) yield return inner;
        }
    }

    private const string Bearer = "Bearer brackish";
    private static readonly (string, string)[] Secret = [("Newsletter:BounceSecret", "brackish")];

    private static string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));

    private static string Of(string form, string id = "", int reader = 1) =>
        form.Replace("*", $"reader{reader}@example.org", StringComparison.Ordinal).Replace("#", id, StringComparison.Ordinal);

    private static string Sns(string message) => System.Text.Json.JsonSerializer.Serialize(new
    {
        Type = "Notification",
        MessageId = "22b80b92",
        TopicArn = "arn:aws:sns:us-west-2:123456789012:MyTopic",
        Message = message,
        Timestamp = "2012-05-02T00:54:06.655Z",
    });

    private static Task<(SubscriberState, int)> StateAsync(MailRoom room, int reader = 1) =>
        room.App.FromElsewhereAsync(async db => await db.Subscribers
            .AsNoTracking()
            .SingleAsync(s => s.Address == $"reader{reader}@example.org") is var s ? (s.State, s.Bounces) : default);

    private static async Task<HttpStatusCode> TellAsync(MailRoom room, string? secret, string lines)
    {
        using var request = Request(secret, lines);
        using var answer = await room.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static HttpRequestMessage Request(string? secret, string lines)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/newsletter/bounces")
        {
            Content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson"),
        };
        if (secret is not null) request.Headers.TryAddWithoutValidation("Authorization", secret);
        return request;
    }
}
