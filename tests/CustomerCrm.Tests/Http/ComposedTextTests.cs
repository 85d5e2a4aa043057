using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Json;
using CustomerCrm.Tests.CustomFields;

namespace CustomerCrm.Tests.Http;

public class ComposedTextTests
{
    private const string Composed = "Caf\u00e9", Decomposed = "Cafe\u0301";

    [TestCase("plain", "plain")]
    [TestCase("e\u0301", "\u00e9")]
    [TestCase("a\u0323\u0302", "\u1ead", Description = "two marks on one letter")]
    [TestCase("e\u0327\u0301", "\u0229\u0301", Description = "the second mark finds no letter with the first one")]
    [TestCase("q\u0323\u0307", "q\u0323\u0307", Description = "there is no such letter")]
    [TestCase("o\u0323\u0308", "\u1ecd\u0308")]
    [TestCase("\u0301e", "\u0301e", Description = "a mark without a letter")]
    [TestCase("e \u0301", "e \u0301")]
    [TestCase("\u1112\u1161\u11ab", "\ud55c", Description = "Hangul")]
    [TestCase("\u0438\u0306", "\u0439", Description = "Cyrillic")]
    [TestCase("\u03b1\u0313\u0301", "\u1f04", Description = "Greek")]
    [TestCase("\ud83d\ude00e\u0301", "\ud83d\ude00\u00e9")]
    public void Letters_and_marks_are_put_together(string sent, string composed)
    {
        Assert.That(ComposedText.Of(sent), Is.EqualTo(composed));
        Assert.That(ComposedText.Of(composed), Is.EqualTo(composed));
    }

    [Test]
    public async Task What_looks_the_same_is_one_tag_and_is_found_by_either_form()
    {
        var acme = await TestTenant.NewAsync();
        var ana = await acme.CustomerAsync("Ana", new { });

        await acme.CreateAsync<JsonElement>($"/v1/customers/{ana.Id()}/tags", new { names = new[] { Composed } });
        await acme.CreateAsync<JsonElement>($"/v1/customers/{ana.Id()}/tags", new { names = new[] { Decomposed } });

        Assert.That((await acme.GetAsync<JsonElement>("/v1/tags")).GetProperty("data").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()), Is.EqualTo(new[] { Composed }));
        Assert.That(await acme.NamesAsync($"filter[tag][eq]={Uri.EscapeDataString(Decomposed)}"), Is.EqualTo(new[] { "Ana" }));
    }

    [Test]
    public async Task A_choice_and_a_text_are_the_same_in_either_form()
    {
        var acme = await TestTenant.NewAsync();
        await acme.ChoiceAsync("place", Decomposed);
        await acme.FieldAsync("motto", "text");

        var ana = await acme.CustomerAsync("Ana", new { place = Composed, motto = Decomposed });

        Assert.That(ana.GetProperty("custom_fields").GetProperty("motto").GetString(), Is.EqualTo(Composed));
        foreach (var field in new[] { "place", "motto" })
            Assert.That(await acme.NamesAsync($"filter[custom_fields.{field}][eq]={Uri.EscapeDataString(Decomposed)}"), Is.EqualTo(new[] { "Ana" }));
    }

    [TestCase("teams")]
    [TestCase("macros")]
    [TestCase("topics")]
    public async Task A_name_that_looks_like_anothers_is_taken(string resource)
    {
        var acme = await TestTenant.NewAsync();
        object Named(string name) => resource == "macros" ? new { name, actions = new[] { new { kind = "set_priority", priority = "high" } } } : new { name };
        var first = await acme.Http.PostAsJsonAsync($"/v1/{resource}", Named(Composed));

        var second = await acme.Http.PostAsJsonAsync($"/v1/{resource}", Named(Decomposed));

        Assume.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Created), await first.Content.ReadAsStringAsync());
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task Another_systems_id_stays_as_it_was_sent()
    {
        var acme = await TestTenant.NewAsync();

        await acme.CreateAsync<JsonElement>("/v1/products", new { name = "Tea", external_ids = new[] { new { source = "shop", id = Decomposed } } });

        Assert.That((await acme.Http.GetAsync($"/v1/products/by-external-id/shop/{Uri.EscapeDataString(Decomposed)}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await acme.Http.GetAsync($"/v1/products/by-external-id/shop/{Uri.EscapeDataString(Composed)}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
