using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Tests.Articles;

namespace CustomerCrm.Tests.Help;

/// <summary>A tenant with help pages.</summary>
internal sealed class SomeHelp
{
    public required TestTenant Acme { get; init; }
    public required string Slug { get; init; }

    public string Home => $"/help/{Slug}/en";

    public static async Task<SomeHelp> NewAsync()
    {
        var (acme, slug) = (await TestTenant.NewAsync(), $"h{Guid.NewGuid():N}"[..20]);
        await TestTenant.ReadAsync<JsonElement>(await acme.Http.PatchAsJsonAsync("/v1/help", new { slug, intro = "Ask <us> anything." }));
        return new SomeHelp { Acme = acme, Slug = slug };
    }

    public async Task WriteAsync()
    {
        var category = (await Acme.CreateAsync<JsonElement>("/v1/article_categories", new { slug = "orders", names = new { en = new { name = "Orders & delivery" }, de = new { name = "Bestellungen" } } })).GetProperty("id").GetString();
        var article = await HelpTexts.PublishAsync(Acme, "How do I send something back?", "# Label\n\nYou have **30 days** for a return. <script>alert(1)</script>", also: new { category_id = category });
        await HelpTexts.TranslateAsync(Acme, article, "de", "Wie sende ich etwas zurück?", "Sie haben 30 Tage.");
        await HelpTexts.PublishAsync(Acme, "When is my refund paid?", "Within a week of the return.");
        await HelpTexts.PublishAsync(Acme, "Prices of partners", "Twenty percent.", visibility: "customers_only");
        await HelpTexts.PublishAsync(Acme, "How we refuse a return", "Politely.", visibility: "internal");
    }

    public async Task<(Customer Ana, HttpClient Http)> CustomerAsync()
    {
        var ana = await Acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana", email = $"a{Guid.NewGuid():N}@example.com" });
        var link = await Acme.CreateAsync<JsonElement>("/v1/help/customer_links", new { customer_id = ana.Id });
        var http = TestApi.NewClient();
        var entered = await http.GetAsync(new Uri(link.GetProperty("url").GetString()!).AbsolutePath);
        Assert.That(entered.Headers.Location?.OriginalString, Is.EqualTo($"/help/{Slug}"));
        http.DefaultRequestHeaders.Add("Cookie", entered.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        return (ana, http);
    }

    public static Task<HttpResponseMessage> SendAsync(HttpClient http, string path, params (string Name, string Value)[] fields) =>
        http.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public static async Task<string> TextAsync(HttpResponseMessage response) => System.Net.WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
}
