namespace CustomerCrm.Templates.Rendering;

/// <summary>A message as it is written to somebody: an e-mail, or a text message.</summary>
public sealed record RenderedMessage
{
    public string? Subject { get; init; }
    public string? Html { get; init; }
    public string? Text { get; init; }
    public string? Sms { get; init; }

    /// <summary>More headers of the e-mail.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
