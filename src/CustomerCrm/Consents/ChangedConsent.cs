using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.Consents;

/// <summary>The data of <c>consent.changed</c> and <c>consent.pending</c>: what holds now, and what held before.</summary>
public sealed record ChangedConsent
{
    public required Consent Consent { get; init; }

    /// <summary>Null: nothing had been said before.</summary>
    public ConsentState? PreviousState { get; init; }

    internal static ChangedConsent Of(Consent consent, ConsentState? before) => new() { Consent = consent, PreviousState = before };
}
