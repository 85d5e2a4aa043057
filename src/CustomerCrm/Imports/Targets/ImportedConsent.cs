using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using CustomerCrm.Consents;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Imports.Targets;

/// <summary>A row that says what somebody said of being written to.</summary>
internal sealed record ImportedConsent : ConsentDetails, IValidatableObject
{
    private const string NoSource = "import";

    public Id<Customer>? CustomerId { get; init; }

    /// <summary>By identities: found, or created where nobody has them.</summary>
    public CustomerDetails? Customer { get; init; }

    public new IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var wrong in base.Validate(validationContext)) yield return wrong;
        if (CustomerId is null == Customer is null) yield return new BrokenRule("one_needed", "Say whose consent it is.", nameof(CustomerId));
    }

    /// <summary>What it is recorded as. A row with a date and without an id of its own is known by all that it says, so that a file that is run twice is recorded once.</summary>
    public ConsentChange Change(Id<Customer> customerId)
    {
        var change = Of(customerId) with { Source = Source ?? NoSource };
        return change.ExternalId is not null || OccurredAt is null ? change : change with { ExternalId = $"row:{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, StrictJson.Options)))}" };
    }
}
