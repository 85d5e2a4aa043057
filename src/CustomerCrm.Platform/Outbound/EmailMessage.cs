namespace CustomerCrm.Platform.Outbound;

/// <summary>An e-mail to one person, as it is to leave.</summary>
public sealed record EmailMessage
{
    public required string To { get; init; }
    public string? ToName { get; init; }

    /// <summary>Null: the sender that the provider's account names.</summary>
    public string? From { get; init; }

    public string? FromName { get; init; }
    public string? ReplyTo { get; init; }
    public required string Subject { get; init; }

    /// <summary>For whoever reads no HTML. Always there.</summary>
    public required string Text { get; init; }

    public string? Html { get; init; }

    /// <summary>RFC 5322, without the angle brackets. The same at every attempt, so that a mailbox shows a double once.</summary>
    public required string MessageId { get; init; }

    /// <summary>Ours, the same at every attempt: the provider gives it back with each report.</summary>
    public required string DedupeId { get; init; }

    /// <summary>More headers, by name: <c>List-Unsubscribe</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Files that go along.</summary>
    public IReadOnlyList<EmailFile> Files { get; init; } = [];
}

/// <summary>A file that goes along with an e-mail.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="Content">What it holds.</param>
public sealed record EmailFile(string Name, string MediaType, ReadOnlyMemory<byte> Content);
