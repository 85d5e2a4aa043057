using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Platform.Validation;

/// <summary>A rule for a text, or for each text of a list: then the one that breaks it is named, <c>/origins/1</c>.</summary>
public abstract class EachTextAttribute(string saying) : ValidationAttribute(saying), ICoded
{
    public abstract string Code { get; }

    public sealed override bool IsValid(object? value) => value is not string text || IsRight(text);

    protected abstract bool IsRight(string text);
}
