using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Consents;

/// <summary>Something that a customer said of being written to, or by what right else it is done.</summary>
/// <example>{"purpose":"marketing","channel":"email","topic":"newsletter","state":"granted","source":"checkout","proof":{"text":"Yes, send me the newsletter once a month.","form":"checkout","url":"https://shop.example.com/checkout","ip":"203.0.113.9"}}</example>
public record ConsentDetails : IValidatableObject
{
    [Required] public MessagePurpose? Purpose { get; init; }
    [Required] public MessageChannel? Channel { get; init; }

    /// <summary>The name of a topic of this purpose; left out for all topics. A no to all is a no to each.</summary>
    /// <example>newsletter</example>
    [StringLength(100, MinimumLength = 1)] public string? Topic { get; init; }

    /// <summary>granted or withdrawn.</summary>
    [Required] public ConsentState? State { get; init; }

    /// <summary>consent, if nothing is said.</summary>
    public LegalBasis? LegalBasis { get; init; }

    /// <summary>When it was said; now if it is left out. History keeps its dates: what is older than what is known changes nothing that holds.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>Until when a grant holds; left out for as long as nobody says no.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Where it was said.</summary>
    /// <example>checkout</example>
    [StringLength(100, MinimumLength = 1)] public string? Source { get; init; }

    /// <summary>Its id there: the same source and external id are recorded only once.</summary>
    /// <example>consent-4711</example>
    [StringLength(200, MinimumLength = 1)] public string? ExternalId { get; init; }

    public StatedProof? Proof { get; init; }

    /// <summary>Why, in the customer's or an agent's words.</summary>
    [StringLength(500, MinimumLength = 1)] public string? Reason { get; init; }

    /// <summary>Ask the customer to confirm it, by a message on the same channel: until then it is pending and permits nothing.</summary>
    public bool DoubleOptIn { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (State is ConsentState.Pending or ConsentState.Expired)
            yield return new BrokenRule("state_invalid", "Say granted or withdrawn. Pending comes of double_opt_in, expired of expires_at.", nameof(State));
        if (ExternalId is not null && Source is null)
            yield return new BrokenRule("required", "An external_id is of a source.", nameof(Source));
        if (ExpiresAt is not null && State != ConsentState.Granted)
            yield return new BrokenRule("unexpected", "Only what is granted expires.", nameof(ExpiresAt));
        if (ExpiresAt <= OccurredAt)
            yield return new BrokenRule("too_early", "It must end after it begins.", nameof(ExpiresAt));
        if (DoubleOptIn && (State != ConsentState.Granted || OccurredAt is not null || LegalBasis is not (null or Consents.LegalBasis.Consent)))
            yield return new BrokenRule("unexpected", "Only a consent that is granted now can be confirmed.", nameof(DoubleOptIn));
    }

    internal ConsentChange Of(Id<Customer> customerId) => new()
    {
        CustomerId = customerId,
        Purpose = Purpose!.Value,
        Channel = Channel!.Value,
        Topic = Topic ?? "",
        State = State!.Value,
        LegalBasis = LegalBasis ?? Consents.LegalBasis.Consent,
        OccurredAt = OccurredAt,
        ExpiresAt = ExpiresAt,
        Source = Source ?? "api",
        ExternalId = ExternalId,
        ShownText = Proof?.Text,
        Form = Proof?.Form,
        Url = Proof?.Url,
        Ip = Proof?.Ip,
        Reason = Reason,
    };
}

/// <summary>What shows that it was said, as a form can tell it.</summary>
public sealed record StatedProof
{
    /// <summary>What the customer saw and agreed to, word for word.</summary>
    /// <example>Yes, send me the newsletter once a month. I can unsubscribe at any time.</example>
    [StringLength(4000, MinimumLength = 1)] public string? Text { get; init; }

    /// <summary>The form it was said in.</summary>
    /// <example>checkout</example>
    [StringLength(200, MinimumLength = 1)] public string? Form { get; init; }

    /// <summary>The page it was said on.</summary>
    /// <example>https://shop.example.com/checkout</example>
    [StringLength(2000, MinimumLength = 1), WebAddress] public string? Url { get; init; }

    /// <summary>The network address it was sent from. It is not kept: only a keyed hash of it.</summary>
    /// <example>203.0.113.9</example>
    [StringLength(45, MinimumLength = 2)] public string? Ip { get; init; }
}
