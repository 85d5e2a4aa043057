using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Articles.Markdown;

/// <summary>The text can be shown: its lists, quotes and links do not stand in one another more than a hundred deep, and its tables and marks are not too many.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MarkdownAttribute() : ValidationAttribute(
    "It is too much to show: lists, quotes and links nest at most about a hundred times, and tables have 20,000 cells in all, those included that short rows leave out; 2,000 brackets and 10,000 marks are the most."), ICoded
{
    public string Code => "too_deep";

    public override bool IsValid(object? value) => value is not string text || ArticleMarkdown.CanShow(text);
}
