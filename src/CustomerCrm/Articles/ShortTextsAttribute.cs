using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Articles;

/// <summary>Each of the texts has 1 to 200 characters, and says something.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShortTextsAttribute() : ValidationAttribute("Each has 1 to 200 characters, and none is a control character."), ICoded
{
    public string Code => "text_invalid";

    public override bool IsValid(object? value) => value is not IEnumerable<string> texts || texts.All(text => text is { Length: >= 1 and <= 200 } && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl));
}
