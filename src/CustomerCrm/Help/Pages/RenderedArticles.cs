using System.Collections.Concurrent;
using CustomerCrm.Articles.Markdown;

namespace CustomerCrm.Help.Pages;

/// <summary>Markdown that was shown lately, as HTML: a page that many read is made once. By the text itself, so nothing in it is ever old, and it is the same for every tenant.</summary>
internal static class RenderedArticles
{
    private const int Most = 500;
    private static readonly ConcurrentDictionary<string, string> recent = new(StringComparer.Ordinal);

    public static string Of(string markdown)
    {
        if (recent.TryGetValue(markdown, out var html)) return html;
        if (recent.Count >= Most) recent.Clear();
        return recent.GetOrAdd(markdown, ArticleMarkdown.ToHtml);
    }
}
