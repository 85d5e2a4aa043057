using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Platform.Validation;

/// <summary>A rule for a text, or for each text of a list: then the one that breaks it is named, <c>/origins/1</c>.</summary>
public abstract class EachTextAttribute(string saying) : ValidationAttribute(saying), ICoded
{
    public abstract string Code { get; }

    /// <summary>Whether the text, or every text of the list, is right; that there is one is asked for beside this.</summary>
    public sealed override bool IsValid(object? value) => value switch
    {
        string text => IsRight(text),
        IEnumerable<string?> texts => texts.All(IsValid),
        _ => true,
    };

    protected abstract bool IsRight(string text);
}
