namespace CustomerCrm.Platform.Outbound;

/// <summary>A text message to one telephone.</summary>
public sealed record SmsMessage
{
    /// <summary>E.164: <c>+4915112345678</c>.</summary>
    public required string To { get; init; }

    /// <summary>A number in E.164 or a sender's name. Null: the sender that the provider's account names.</summary>
    public string? From { get; init; }

    public required string Body { get; init; }

    /// <summary>Ours, the same at every attempt.</summary>
    public required string DedupeId { get; init; }
}
