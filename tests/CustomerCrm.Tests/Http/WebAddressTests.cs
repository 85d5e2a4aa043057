using System.Net;
using System.Net.Http.Json;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Tests.Http;

public class WebAddressTests
{
    [TestCase("https://shop.example/tea.jpg", true)]
    [TestCase("http://127.0.0.1:8080/a?b=c#d", true)]
    [TestCase("HTTPS://shop.example", true)]
    [TestCase("javascript:alert(1)", false)]
    [TestCase("data:text/html,hello", false)]
    [TestCase("//shop.example/tea.jpg", false)]
    [TestCase("/tea.jpg", false)]
    [TestCase("shop.example", false)]
    [TestCase("https://", false)]
    [TestCase("https://good.example@bad.example/", false)]
    [TestCase("https://shop.example/\"onload=", false)]
    [TestCase("https://shop.example/a b", false)]
    [TestCase("java\tscript:alert(1)", false)]
    [TestCase("ftp://shop.example/tea.jpg", false)]
    public void Only_absolute_addresses_of_the_web_are_taken(string text, bool isOne) => Assert.That(WebAddressAttribute.IsOne(text), Is.EqualTo(isOne));

    [TestCase("products", "image_url")]
    [TestCase("companies", "website")]
    public async Task A_program_in_place_of_an_address_is_refused(string resource, string field)
    {
        var acme = await TestTenant.NewAsync();

        var alone = await Problem.OfAsync(await acme.Http.PostAsJsonAsync($"/v1/{resource}", new Dictionary<string, object> { ["name"] = "Tea", [field] = "javascript:alert(1)" }));
        var among = await acme.Http.PostAsJsonAsync($"/v1/{resource}/batch", new { items = new[] { new Dictionary<string, object> { ["source"] = "erp", ["external_id"] = "1", ["name"] = "Tea", [field] = "javascript:alert(1)" } } });

        Assert.That((alone.Status, alone.Errors.Single()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, ($"/{field}", "url_invalid"))));
        Assert.That(await among.Content.ReadAsStringAsync(), Does.Contain("url_invalid"));
    }
}
