using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Platform.Access.Origins;

/// <summary>Each of the texts is a web origin as browsers send it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebOriginsAttribute() : EachTextAttribute("A web origin as browsers send it, without a path: https://shop.example.com.")
{
    public const int Most = 20;

    public override string Code => "origin_invalid";

    protected override bool IsRight(string text) => OriginSet.IsOrigin(text);
}
