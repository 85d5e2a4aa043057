using System.Text.Json.Serialization;

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

    /// <summary>Files that go along with the e-mail.</summary>
    public IReadOnlyList<MessageFile> Files { get; init; } = [];
}

/// <summary>A file that goes along with an e-mail.</summary>
public sealed record MessageFile
{
    /// <example>receipt.pdf</example>
    public required string FileName { get; init; }

    /// <example>application/pdf</example>
    public required string MediaType { get; init; }

    /// <summary>How long it is.</summary>
    public required long Bytes { get; init; }

    /// <summary>What the file store calls it.</summary>
    [JsonIgnore]
    public string StoredAs { get; init; } = "";
}
