using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.ContactPolicy;

/// <summary>By purpose. Marketing always asks: without any consent, or at least without a customer's no.</summary>
public sealed record ConsentNeeds : IValidatableObject
{
    public ConsentNeed Marketing { get; init; } = ConsentNeed.Granted;
    public ConsentNeed Service { get; init; } = ConsentNeed.NotWithdrawn;
    public ConsentNeed Transactional { get; init; } = ConsentNeed.None;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Marketing == ConsentNeed.None) yield return new BrokenRule("consent_needed", "Marketing never goes to those who said no: granted or not_withdrawn.", nameof(Marketing));
    }
}

public enum ConsentNeed
{
    /// <summary>The customer has said yes.</summary>
    Granted,

    /// <summary>The customer has not said no.</summary>
    NotWithdrawn,

    /// <summary>Whatever the customer has said.</summary>
    None,
}
