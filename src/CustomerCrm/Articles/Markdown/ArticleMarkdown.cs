using Ganss.Xss;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CustomerCrm.Articles.Markdown;

/// <summary>
/// Markdown (CommonMark 0.31, tables, footnotes, task lists, bare links) as HTML that is safe in any page. HTML in the text is shown, not run; then only tags, attributes and
/// addresses that are written down here are let through, whatever came before. Pure.
/// </summary>
internal static class ArticleMarkdown
{
    // Auto-identifiers first, so that a table of contents can link to headings.
    private static readonly MarkdownPipeline pipeline = new MarkdownPipelineBuilder()
        .DisableHtml().UsePipeTables().UseFootnotes().UseTaskLists().UseEmphasisExtras().UseAutoLinks().UseDefinitionLists().Build();

    private static readonly HtmlSanitizer sanitizer = Sanitizer();

    /// <summary>For a page that has a heading of its own: those of the text begin one step below it.</summary>
    public static string ToHtml(string markdown)
    {
        var document = Markdig.Markdown.Parse(markdown, pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>()) heading.Level = Math.Min(6, heading.Level + 1);
        foreach (var link in document.Descendants<LinkInline>().Where(link => link is { IsImage: false, Url: { } url } && IsOutside(url))) link.GetAttributes().AddProperty("rel", "noopener nofollow");
        return sanitizer.Sanitize(document.ToHtml(pipeline));
    }

    /// <summary>Whether it nests no deeper than the parser goes, and is no more work than a page may be.</summary>
    public static bool CanShow(string markdown)
    {
        if (MarkdownSize.IsTooMuch(markdown)) return false;
        try
        {
            Markdig.Markdown.Parse(markdown, pipeline);
            return true;
        }
        catch (ArgumentException)
        {
            return false; // its way to say that a depth limit is exceeded
        }
    }

    /// <summary>What it says, on one line.</summary>
    public static string PlainOf(string markdown) => string.Join(' ', Markdig.Markdown.ToPlainText(markdown, pipeline).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsOutside(string url) => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static HtmlSanitizer Sanitizer()
    {
        var made = new HtmlSanitizer();
        Only(made.AllowedTags, "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "a", "strong", "em", "del", "ins", "mark", "sub", "sup", "code", "pre", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "img", "input");
        Only(made.AllowedAttributes, "href", "rel", "title", "src", "alt", "start", "type", "checked", "disabled", "id");
        Only(made.AllowedSchemes, "https", "http", "mailto", "tel");
        made.AllowedCssProperties.Clear();
        made.AllowedAtRules.Clear();
        made.AllowDataAttributes = false;
        // The one input that Markdown makes is a ticked box.
        made.PostProcessNode += (_, e) =>
        {
            if (e.Node is not AngleSharp.Dom.IElement { LocalName: "input" } input) return;
            if (input.GetAttribute("type") != "checkbox" || !input.HasAttribute("disabled")) input.Remove();
            else input.SetAttribute("aria-label", input.HasAttribute("checked") ? "✓" : "–");
        };
        return made;

        static void Only(ISet<string> allowed, params string[] names)
        {
            allowed.Clear();
            allowed.UnionWith(names);
        }
    }
}
