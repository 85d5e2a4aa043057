using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Outbound;

namespace CustomerCrm.Providers.Tests;

/// <summary>A message by which somebody tried an account.</summary>
public sealed record ProviderTest : IHasId
{
    public static string Prefix => "prt";

    public required Id<ProviderTest> Id { get; init; }
    public required Id<Provider> ProviderId { get; init; }

    /// <summary>Where it went.</summary>
    public required string To { get; init; }

    public required ProviderTestStatus Status { get; init; }

    /// <summary>Why it was not accepted: <c>credentials_refused</c>, <c>connect_failed</c>, <c>host_internal</c>, <c>http_400</c>, <c>twilio_21211</c>, <c>smtp_550</c>. Null: it was, or is under way.</summary>
    public string? Code { get; init; }

    /// <summary>What the provider calls the message.</summary>
    public string? ProviderMessageId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its result was known.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    internal static readonly TenantSql ById = TenantSql.Of("""
        SELECT t.Id, t.ProviderId, t.Recipient AS "To", t.Status, t.Code, t.ProviderMessageId, t.CreatedAt, t.FinishedAt
        FROM ProviderTests t
        WHERE t.TenantId = @TenantId
          AND t.Id = @ProviderTestId
          AND t.ProviderId = @ProviderId
        """);

    internal static ProviderTestStatus StatusOf(SendResult result) => result switch
    {
        SendResult.Accepted => ProviderTestStatus.Accepted,
        SendResult.Refused => ProviderTestStatus.Refused,
        SendResult.NotSent => ProviderTestStatus.NotSent,
        _ => ProviderTestStatus.Unknown,
    };
}

/// <summary>The numbers are stored.</summary>
public enum ProviderTestStatus
{
    Queued = 1,
    Sending = 2,

    /// <summary>The provider has it. Whether it arrives is seen in the mailbox or on the telephone.</summary>
    Accepted = 3,

    /// <summary>The provider will not send it: <c>code</c> says why.</summary>
    Refused = 4,

    /// <summary>The provider was not reached, or could not take it just now.</summary>
    NotSent = 5,

    /// <summary>It may have been sent.</summary>
    Unknown = 6,
}
