using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Suppressions;

/// <summary>An address on a channel. It stands in the body, since addresses of people do not belong into addresses of requests, which are logged.</summary>
public record AddressRequest : IValidatableObject
{
    [Required] public MessageChannel? Channel { get; init; }

    /// <summary>An e-mail address, or a phone number with its country calling code.</summary>
    /// <example>ada@example.com</example>
    [StringLength(254, MinimumLength = 3)] public required string Address { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var (code, detail) = Channel == MessageChannel.Email ? WhyNot(EmailAddress.Read(Address)) : WhyNot(PhoneNumber.Read(Address, country: null));
        if (code.Length > 0) yield return new BrokenRule(code, detail, nameof(Address));
    }

    private static (string Code, string Detail) WhyNot<T>(Reading<T> reading) where T : class => (reading.Code, reading.Detail);
}
