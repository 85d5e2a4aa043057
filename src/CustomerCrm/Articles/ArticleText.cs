using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Articles;

/// <summary>What is written of an article in one language.</summary>
public record ArticleText
{
    public const int LongestTitle = 200, LongestSummary = 500, LongestBody = 60_000;

    /// <example>How do I send something back?</example>
    [StringLength(LongestTitle, MinimumLength = 1), RegularExpression(@"^.*\S.*$")] public required string Title { get; init; }

    /// <summary>A sentence, for lists.</summary>
    [StringLength(LongestSummary, MinimumLength = 1)] public string? Summary { get; init; }

    /// <summary>Markdown. HTML in it is shown as text.</summary>
    /// <example>You have **30 days**. Ask for a label in your account, under *Orders*.</example>
    [StringLength(LongestBody, MinimumLength = 1), Markdown.Markdown] public required string Body { get; init; }
}
