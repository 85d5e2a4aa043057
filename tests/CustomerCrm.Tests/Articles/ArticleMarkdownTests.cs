using CustomerCrm.Articles;
using CustomerCrm.Articles.Markdown;

namespace CustomerCrm.Tests.Articles;

public class ArticleMarkdownTests
{
    [TestCase("<script>alert(1)</script>")]
    [TestCase("<img src=x onerror=alert(1)>")]
    [TestCase("[a](javascript:alert(1))")]
    [TestCase("[a](JaVaScRiPt:alert(1))")]
    [TestCase("[a](java\tscript:alert(1))")]
    [TestCase("[a](&#106;avascript:alert(1))")]
    [TestCase("[a](data:text/html;base64,PHNjcmlwdD4=)")]
    [TestCase("![a](javascript:alert(1))")]
    [TestCase("![a](x\" onerror=\"alert(1))")]
    [TestCase("[a](https://x.example \"t\" onclick=\"alert(1)\")")]
    [TestCase("<javascript:alert(1)>")]
    [TestCase("[x]: javascript:alert(1)\n\n[x]")]
    [TestCase("```\"><script>alert(1)</script>\nx\n```")]
    [TestCase("# a {onclick=alert(1)}")]
    [TestCase("| <svg onload=alert(1)> |\n|---|\n| <iframe src=//x> |")]
    [TestCase("<a href=\"vbscript:x\">a</a><style>*{}</style><form action=//x><input name=a></form>")]
    [TestCase("&lt;script&gt;alert(1)&lt;/script&gt;")]
    [TestCase("- [ ] <math><mi xlink:href=\"javascript:x\">")]
    public void Nothing_that_runs_gets_through(string markdown)
    {
        var html = ArticleMarkdown.ToHtml(markdown);

        // What is shown as text is encoded: so whatever looks like a tag is one.
        Assert.That(html, Does.Not.Match("(?i)<(script|style|svg|iframe|form|math|object|embed|base|link|meta)"));
        Assert.That(html, Does.Not.Match("(?i)<[^>]*\\son[a-z]+\\s*="));
        Assert.That(html, Does.Not.Match("(?i)<[^>]*(href|src)\\s*=\\s*\"?\\s*(javascript|data|vbscript):"));
    }

    [TestCase("# Title", ExpectedResult = "<h2>Title</h2>")]
    [TestCase("a **b** _c_ `d` ~~e~~", ExpectedResult = "<p>a <strong>b</strong> <em>c</em> <code>d</code> <del>e</del></p>")]
    [TestCase("[a](https://x.example)", ExpectedResult = "<p><a href=\"https://x.example\" rel=\"noopener nofollow\">a</a></p>")]
    [TestCase("[a](/help/acme)", ExpectedResult = "<p><a href=\"/help/acme\">a</a></p>")]
    [TestCase("1 < 2", ExpectedResult = "<p>1 &lt; 2</p>")]
    public string What_is_written_is_shown(string markdown) => ArticleMarkdown.ToHtml(markdown).Trim();

    [TestCase('>')]
    [TestCase('[')]
    [TestCase('*')]
    [TestCase('!')]
    [TestCase('(')]
    [TestCase('`')]
    [TestCase('-')]
    [TestCase('|')]
    public void Whatever_is_repeated_is_shown_or_refused_at_once(char c)
    {
        foreach (var text in new[] { new string(c, ArticleText.LongestBody), string.Concat(Enumerable.Repeat($"{c} ", ArticleText.LongestBody / 2)), string.Concat(Enumerable.Repeat($"{c}a", ArticleText.LongestBody / 2)) })
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            if (ArticleMarkdown.CanShow(text)) ArticleMarkdown.ToHtml(text);
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(15)));
        }
    }

    [Test]
    public void What_it_says_is_one_line() => Assert.That(ArticleMarkdown.PlainOf("# A\n\n- b\n- **c**\n\n| d | e |\n|---|---|\n| f | g |"), Is.EqualTo("A b c d e f g"));

    [Test]
    public void A_short_text_that_would_be_pages_of_work_is_refused_before_it_is_parsed()
    {
        // A head of 200 columns makes each of the short rows below as wide: 8,800 letters were 4.4 million.
        var wide = string.Concat(Enumerable.Repeat("|a", 200)) + "|\n" + string.Concat(Enumerable.Repeat("|-", 200)) + "|\n";
        Assert.That(ArticleMarkdown.CanShow(wide + string.Concat(Enumerable.Repeat("|a|\n", 2000))), Is.False);
        Assert.That(ArticleMarkdown.CanShow(string.Concat(Enumerable.Repeat("[a](", 12_000))), Is.False);
        Assert.That(ArticleMarkdown.CanShow(string.Concat(Enumerable.Repeat("a**b_c", 8000))), Is.False);
    }

    [Test]
    public void A_long_article_with_many_tables_links_and_marks_can_be_shown()
    {
        var table = "| size | chest | waist |\n|---|---|---|\n" + string.Concat(Enumerable.Repeat("| **M** | 96 | 82 |\n", 100));
        var text = string.Join("\n\n", Enumerable.Repeat(table, 15)) + "\n\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"- See [page {i}](https://example.com/{i})\n"));

        Assert.That(ArticleMarkdown.CanShow(text), Is.True);
        Assert.That(ArticleMarkdown.ToHtml(text), Does.Contain("<td><strong>M</strong></td>").And.Contain("https://example.com/299"));
    }
}
