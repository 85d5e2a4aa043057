using System.Text.Json;
using CustomerCrm.Articles.Suggesting;

namespace CustomerCrm.Tests.Articles;

public class SuggestionTests
{
    [TestCase("/checkout*", "https://shop.example/checkout/pay?x=1", true)]
    [TestCase("/checkout", "/checkout", true)]
    [TestCase("/checkout", "/checkout/pay", false)]
    [TestCase("https://shop.example/*/tea*", "https://SHOP.example/en/Tea-green", true)]
    [TestCase("*", "anything", true)]
    [TestCase("/*/*/x", "/a/b/c/x", true)]
    [TestCase("/a*b", "/ac", false)]
    [TestCase("", "", true)]
    public void A_page_is_matched_by_its_path_or_its_whole_address(string pattern, string page, bool matches) => Assert.That(PagePattern.Match(pattern, page) is not null, Is.EqualTo(matches));

    [Test]
    public void A_pattern_of_many_stars_ends() => Assert.That(PagePattern.Match(string.Concat(Enumerable.Repeat("*a", 100)) + "b", new string('a', 5000)), Is.Null);

    [Test]
    public async Task What_fits_the_page_the_product_and_the_words_comes_first_and_says_why()
    {
        var acme = await TestTenant.NewAsync();
        var tea = (await acme.CreateAsync<JsonElement>("/v1/products", new { name = "Green tea" })).GetProperty("id").GetString();
        await HelpTexts.PublishAsync(acme, "Brewing green tea", "Eighty degrees, two minutes.", also: new { product_ids = new[] { tea } });
        await HelpTexts.PublishAsync(acme, "Paying by card", "Visa and Mastercard.", also: new { pages = new[] { "/checkout*", "/basket" } });
        await HelpTexts.PublishAsync(acme, "Refunds", "Within a week of the return.");

        Assert.That(await OfAsync($"product={tea}"), Is.EqualTo(new[] { ("Brewing green tea", "product") }));
        Assert.That(await OfAsync("page=https://shop.example/checkout/2"), Is.EqualTo(new[] { ("Paying by card", "page") }));
        Assert.That(await OfAsync("text=Hello, I sent the shoes back on Monday and I am still waiting for the refund on my card. Kind regards, Ana"), Is.EqualTo(new[] { ("Refunds", "text") }).Or.EqualTo(new[] { ("Refunds", "text"), ("Paying by card", "text") }));
        Assert.That(await OfAsync("text=paying&page=/checkout"), Is.EqualTo(new[] { ("Paying by card", "text,page") }));
        Assert.That(await OfAsync("text=zebra"), Is.Empty);

        async Task<(string, string)[]> OfAsync(string query) => [.. (await acme.GetAsync<JsonElement>($"/v1/articles/suggestions?{query}")).GetProperty("data").EnumerateArray()
            .Select(s => (s.GetProperty("article").GetProperty("title").GetString()!, string.Join(',', s.GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("kind").GetString()))))];
    }

    [Test]
    public async Task A_ticket_has_suggested_replies_or_is_a_gap()
    {
        var acme = await TestTenant.NewAsync();
        await HelpTexts.PublishAsync(acme, "Refunds", "Within a week of the return.");
        var customer = (await acme.CreateAsync<JsonElement>("/v1/customers", new { name = "Ana" })).GetProperty("id").GetString();
        var known = (await acme.CreateAsync<JsonElement>("/v1/tickets", new { customer_id = customer, subject = "Where is my refund?" })).GetProperty("id").GetString();
        var unknown = (await acme.CreateAsync<JsonElement>("/v1/tickets", new { customer_id = customer, subject = "Zebra striped wrapping" })).GetProperty("id").GetString();

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/articles/suggestions?ticket={known}")).GetProperty("data").EnumerateArray().Select(s => s.GetProperty("article").GetProperty("title").GetString()), Is.EqualTo(new[] { "Refunds" }));
        var gaps = await acme.GetAsync<JsonElement>("/v1/articles/gaps");
        Assert.That(gaps.GetProperty("tickets").EnumerateArray().Select(t => t.GetProperty("ticket_id").GetString()), Is.EqualTo(new[] { unknown }));
        Assert.That(gaps.GetProperty("tickets_looked_at").GetInt32(), Is.EqualTo(2));
        Assert.That((await (await TestTenant.NewAsync()).Http.GetAsync($"/v1/articles/suggestions?ticket={known}")).StatusCode, Is.EqualTo(System.Net.HttpStatusCode.NotFound));
    }

    [Test]
    public async Task What_a_customer_wrote_is_answered_with_what_is_internal_too_but_not_for_the_public()
    {
        var acme = await TestTenant.NewAsync();
        await HelpTexts.PublishAsync(acme, "Refund of damaged goods", "Ask for a photo.", visibility: "internal");
        var customer = (await acme.CreateAsync<JsonElement>("/v1/customers", new { name = "Ana" })).GetProperty("id").GetString();
        var interaction = (await acme.CreateAsync<JsonElement>("/v1/interactions", new { customer_id = customer, channel = "email", direction = "inbound", subject = "Damaged", body = "I want a refund." })).GetProperty("id").GetString();

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/articles/suggestions?interaction={interaction}")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/articles/suggestions?interaction={interaction}&audience=public")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task An_agent_finds_suggestions_at_the_ticket_in_its_language_and_for_everybody()
    {
        var acme = await TestTenant.NewAsync();
        await HelpTexts.PublishAsync(acme, "Refunds", "Within a week of the return.");
        await HelpTexts.PublishAsync(acme, "Refunds of staff", "Ask the refund desk.", visibility: "internal");
        await HelpTexts.PublishAsync(acme, "Zebra wrapping", "Stripes.");
        var customer = (await acme.CreateAsync<JsonElement>("/v1/customers", new { name = "Ana" })).GetProperty("id").GetString();
        var ticket = (await acme.CreateAsync<JsonElement>("/v1/tickets", new { customer_id = customer, subject = "A question", channel = "email", message = new { text = "Where is my refund?\n\nOn Mon, Jan 14, 2030 at 9:00 AM Support <support@example.com> wrote:\n\n> Zebra wrapping?" } })).GetProperty("id").GetString();

        Assert.That(await TitlesAsync(""), Is.EqualTo(new[] { "Refunds" }));
        Assert.That(await TitlesAsync("?audience=internal"), Is.EquivalentTo(new[] { "Refunds", "Refunds of staff" }));
        Assert.That((await Problem.OfAsync(await acme.Http.GetAsync($"/v1/tickets/{ticket}/suggestions?limit=21"))).Status, Is.EqualTo(System.Net.HttpStatusCode.BadRequest));
        Assert.That((await (await TestTenant.NewAsync()).Http.GetAsync($"/v1/tickets/{ticket}/suggestions")).StatusCode, Is.EqualTo(System.Net.HttpStatusCode.NotFound));

        async Task<IEnumerable<string?>> TitlesAsync(string query) => (await acme.GetAsync<JsonElement>($"/v1/tickets/{ticket}/suggestions{query}")).GetProperty("data").EnumerateArray().Select(s => s.GetProperty("article").GetProperty("title").GetString());
    }
}
