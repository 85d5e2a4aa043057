using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Articles;

/// <summary>Each of the texts has 1 to 200 characters, and says something.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShortTextsAttribute() : EachTextAttribute("1 to 200 characters, not all of them blank, and none a control character.")
{
    public override string Code => "text_invalid";

    protected override bool IsRight(string text) => text.Length <= 200 && !BlankText.Is(text) && !text.Any(char.IsControl);
}
