namespace NewsHub.Core.Rates;

/// <summary>How asking a source went the last time.</summary>
public sealed class SourceReport
{
    private SourceReport() { }

    /// <param name="key">See <see cref="RatePublisher.Key"/>.</param>
    public SourceReport(string key) => Key = key;

    public string Key { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTimeOffset AskedAt { get; private set; }
    public bool Succeeded { get; private set; }

    /// <summary>What it brought, or why it brought nothing.</summary>
    public string Sentence { get; private set; } = "";

    /// <summary>When it last brought rates (UTC); null if it never did.</summary>
    public DateTimeOffset? BroughtAt { get; private set; }

    public void Brought(string sentence, DateTimeOffset now) => (AskedAt, Succeeded, Sentence, BroughtAt) = (now, true, sentence, now);

    public void Failed(string sentence, DateTimeOffset now) => (AskedAt, Succeeded, Sentence) = (now, false, sentence);
}
