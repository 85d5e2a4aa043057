using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.ProviderCallbacks.Inbound;

/// <summary>What a customer wrote to a tenant.</summary>
public sealed record InboundMessage
{
    public required MessageChannel Channel { get; init; }

    /// <summary>An e-mail address, or a telephone number.</summary>
    public required string From { get; init; }

    public string? FromName { get; init; }
    public string? Subject { get; init; }
    public required string Text { get; init; }

    /// <summary>What it is called where it comes from: a Message-ID, Twilio's SID. Taken once.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The Message-IDs that it answers, the nearest first.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>The names of files that were left out.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>A program wrote it, so it is not to be answered.</summary>
    public bool IsAutomatic { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }
}
