using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.InboundHooks.Mapping;

/// <summary>The text, or each of the texts, is a JSON pointer (RFC 6901).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PayloadPointerAttribute() : ValidationAttribute("Not a JSON pointer (RFC 6901): as in /buyer/email."), ICoded
{
    public string Code => "pointer_invalid";

    public override bool IsValid(object? value) => value switch
    {
        null => true,
        string one => PayloadPointer.Parts(one) is not null,
        IEnumerable<string> many => many.All(one => one is not null && PayloadPointer.Parts(one) is not null),
        _ => false,
    };
}
