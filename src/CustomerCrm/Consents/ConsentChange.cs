using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Consents;

/// <summary>Something that was said of a consent, as <see cref="ConsentWriter"/> takes it.</summary>
public sealed record ConsentChange
{
    public required Id<Customer> CustomerId { get; init; }
    public required MessagePurpose Purpose { get; init; }
    public required MessageChannel Channel { get; init; }

    /// <summary>Empty: all topics of the purpose.</summary>
    public string Topic { get; init; } = "";

    public required ConsentState State { get; init; }
    public LegalBasis LegalBasis { get; init; } = LegalBasis.Consent;

    /// <summary>When it was said. Null: now, and after all that was said before.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Where it was said, up to 100 characters.</summary>
    public required string Source { get; init; }

    /// <summary>Its id there: recorded only once.</summary>
    public string? ExternalId { get; init; }

    public string? ShownText { get; init; }
    public string? Form { get; init; }
    public string? Url { get; init; }

    /// <summary>The network address it was sent from. Only its keyed hash is kept.</summary>
    public string? Ip { get; init; }

    public string? Reason { get; init; }

    /// <summary>Of what is to be confirmed: the fingerprint of the address that is asked.</summary>
    public byte[]? AddressKey { get; init; }
}
