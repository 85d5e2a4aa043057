using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Articles.Markdown;

/// <summary>The text can be shown: its lists, quotes and links do not stand in one another more than a hundred deep.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MarkdownAttribute() : ValidationAttribute("It stands too deep in itself: lists, quotes and links nest at most about a hundred times."), ICoded
{
    public string Code => "too_deep";

    public override bool IsValid(object? value) => value is not string text || ArticleMarkdown.CanShow(text);
}
