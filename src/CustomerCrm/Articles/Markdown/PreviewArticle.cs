using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Articles.Markdown;

/// <summary>POST /articles/preview: Markdown as readers would see it. Nothing is kept.</summary>
public static class PreviewArticle
{
    /// <example>{"body":"# Sending back\n\nYou have **30 days**."}</example>
    public sealed record Request
    {
        [StringLength(ArticleText.LongestBody, MinimumLength = 1), Markdown] public required string Body { get; init; }
    }

    public sealed record Response
    {
        /// <summary>Safe to put into any page.</summary>
        /// <example>&lt;h2>Sending back&lt;/h2>&lt;p>You have &lt;strong>30 days&lt;/strong>.&lt;/p></example>
        public required string Html { get; init; }
    }

    internal static Response Handle(Request request) => new() { Html = ArticleMarkdown.ToHtml(request.Body) };
}
