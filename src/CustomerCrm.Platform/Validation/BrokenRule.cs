using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Platform.Validation;

/// <summary>A rule over several members that was broken, with its code. A member may be a path: <c>Lines[2].Quantity</c>.</summary>
public sealed class BrokenRule(string code, string message, params string[] members) : ValidationResult(message, members)
{
    public string Code { get; } = code;
}
