using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Consents.Ledger;

/// <summary>What of an entry decides.</summary>
internal sealed record ConsentFact
{
    public required Id<ConsentEntry> Id { get; init; }
    public required string Topic { get; init; }
    public required ConsentState State { get; init; }
    public required LegalBasis LegalBasis { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it is a grant that still holds at that time.</summary>
    public bool HoldsAt(DateTimeOffset at) => State == ConsentState.Granted && !(ExpiresAt <= at);
}
