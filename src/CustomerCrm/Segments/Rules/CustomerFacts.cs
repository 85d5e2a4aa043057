using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers.Identities.Forms;

namespace CustomerCrm.Segments.Rules;

/// <summary>What fields are about, of one customer, as the explanation sees it.</summary>
internal sealed record CustomerFacts
{
    public string? Name { get; init; }
    public string? Email { get; init; }
    public string? Company { get; init; }
    public string? Language { get; init; }
    public string? TimeZone { get; init; }
    public string? Country { get; init; }
    public string? Region { get; init; }
    public string? City { get; init; }
    public string? PostalCode { get; init; }
    public DateOnly? BirthDate { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FirstSeenAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }

    public long OrderCount { get; init; }
    public long SpendMinor { get; init; }
    public DateTimeOffset? FirstOrderAt { get; init; }
    public DateTimeOffset? LastOrderAt { get; init; }

    public long OpenTicketCount { get; init; }
    public DateTimeOffset? LastTicketAt { get; init; }

    public long? RecencyScore { get; init; }
    public long? FrequencyScore { get; init; }
    public long? MonetaryScore { get; init; }
    public long? RfmGroup { get; init; }
    public long? RetentionState { get; init; }
    public double? ProbabilityAlive { get; init; }
    public double? ExpectedPurchases { get; init; }
    public long? CltvMinor { get; init; }

    public CustomFieldValues CustomFields { get; init; } = CustomFieldValues.None;
    internal string? CustomFieldsText { init => CustomFields = CustomFieldValues.Of(value); }

    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<IdentityFact> Identities { get; init; } = [];

    /// <summary>In lower case; null without an e-mail address.</summary>
    public string? EmailDomain => Email?[(Email.LastIndexOf('@') + 1)..].ToLowerInvariant();

    public bool Has(IdentityKind kind) => Identities.Any(i => i.Kind == kind);
    public bool HasVerified(IdentityKind kind) => Identities.Any(i => i.Kind == kind && i.IsVerified);
    public IEnumerable<string> SourcesOf(IdentityKind kind) => Identities.Where(i => i.Kind == kind).Select(i => i.Source).Distinct().Order(StringComparer.Ordinal);
}

internal sealed record IdentityFact
{
    public required IdentityKind Kind { get; init; }
    public required string Source { get; init; }
    public required bool IsVerified { get; init; }
}
