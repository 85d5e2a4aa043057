using CustomerCrm.Platform.Data;

namespace CustomerCrm.Messages;

/// <summary>What a provider says of a message later. The message is named by our id, or by what the provider calls it.</summary>
public sealed record MessageReport
{
    public Id<Message>? MessageId { get; init; }
    public string? Provider { get; init; }
    public string? ProviderMessageId { get; init; }
    public required MessageReportKind Kind { get; init; }

    /// <summary>Of a bounce: it would come back again.</summary>
    public bool IsPermanent { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Short, <c>snake_case</c>, without personal data. At most 100 characters.</summary>
    public string? Code { get; init; }
}

/// <summary>The numbers are stored.</summary>
public enum MessageReportKind
{
    Delivered = 1,
    Bounced = 2,
    Complained = 3,
    Opened = 4,
    Clicked = 5,

    /// <summary>It could not be delivered, without having come back.</summary>
    Failed = 6,

    /// <summary>The provider has passed it on. What was unknown is known by it.</summary>
    Sent = 7,
}
