using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Consents;

/// <summary>What holds now for one customer, purpose, channel and topic. It follows from the ledger's entries, whatever order they came in.</summary>
public sealed record Consent : IHasId
{
    public static string Prefix => "cst";

    public required Id<Consent> Id { get; init; }
    public required Id<Customer> CustomerId { get; init; }
    public required MessagePurpose Purpose { get; init; }
    public required MessageChannel Channel { get; init; }

    /// <summary>The name of a topic. Null: what holds for every topic that has no consent of its own.</summary>
    /// <example>newsletter</example>
    public string? Topic
    {
        get => TopicName.Length > 0 ? TopicName : null;
        init => TopicName = value ?? "";
    }

    /// <summary>A grant whose time is over reads expired from that moment on.</summary>
    public required ConsentState State { get; init; }

    public required LegalBasis LegalBasis { get; init; }

    /// <summary>Until when a grant holds; null for as long as nobody says no.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was said, maybe long before it was recorded here.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The entry of the ledger that decided it; there is the proof.</summary>
    public required Id<ConsentEntry> EntryId { get; init; }

    internal string TopicName { get; init; } = "";

    /// <summary>Wants <c>@Now</c>. Ends in its WHERE.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT s.Id, s.CustomerId, s.Purpose, s.Channel, s.Topic AS TopicName, CASE WHEN s.State = 1 AND s.ExpiresAt <= @Now THEN 4 ELSE s.State END AS State,
            s.LegalBasis, s.ExpiresAt, s.ChangedAt, s.EntryId
        FROM ConsentStates s
        WHERE s.TenantId = @TenantId
        """);
}
