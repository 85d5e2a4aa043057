using CustomerCrm.Platform.Validation;

namespace CustomerCrm.InboundHooks.Mapping;

/// <summary>The text, or each of the texts, is a JSON pointer (RFC 6901).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PayloadPointerAttribute() : EachTextAttribute("Not a JSON pointer (RFC 6901): as in /buyer/email.")
{
    public override string Code => "pointer_invalid";

    protected override bool IsRight(string text) => PayloadPointer.Parts(text) is not null;
}
