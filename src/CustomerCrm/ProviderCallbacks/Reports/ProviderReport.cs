using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.ProviderCallbacks.Reports;

/// <summary>What a provider tells of a message, in our words.</summary>
internal sealed record ProviderReport
{
    public required string Provider { get; init; }

    /// <summary>Unique to what is told, so that it is taken once.</summary>
    public required string ReceiptKey { get; init; }

    public required ReportKind Kind { get; init; }
    public required MessageChannel Channel { get; init; }

    /// <summary>Whom it went to.</summary>
    public string? Address { get; init; }

    /// <summary>Ours, where the provider gives it back.</summary>
    public string? DedupeId { get; init; }

    public string? ProviderMessageId { get; init; }

    /// <summary>Whose it is, where an account is many tenants'.</summary>
    public string? Token { get; init; }

    /// <summary>The address will not work tomorrow either.</summary>
    public bool IsPermanent { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Short, and nothing that the provider could have written freely.</summary>
    public string? Code { get; init; }
}

internal enum ReportKind
{
    Delivered,
    Bounced,
    Complained,
    Opened,
    Clicked,
    Failed,

    /// <summary>The provider has passed it on.</summary>
    Sent,

    /// <summary>The customer said no to the provider.</summary>
    Unsubscribed,
}
