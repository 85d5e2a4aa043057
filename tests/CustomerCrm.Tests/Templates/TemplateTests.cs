using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Tests.Messages;

namespace CustomerCrm.Tests.Templates;

public class TemplateTests
{
    private TestTenant acme = null!;
    private Customer ada = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ada = await SomeMessages.CustomerAsync(acme, firstName: "Ada <3");
    }

    [Test]
    public async Task What_fields_hold_is_escaped_in_HTML_and_stands_as_it_is_elsewhere()
    {
        var template = await CreateAsync(new { name = "hello", subject = "Hi {{customer.first_name}}", html = "<p>Hi {{customer.first_name}}, {{{data.html}}}</p>", sms = "Hi {{customer.first_name}}", defaults = new Dictionary<string, string> { ["customer.first_name"] = "there" } });

        var preview = await PreviewAsync(template, new { customer_id = ada.Id.ToString(), data = new { html = "<b>new</b>" } });

        var email = preview.GetProperty("email");
        Assert.That((email.Text("subject"), email.Text("html"), email.Text("text")), Is.EqualTo(("Hi Ada <3", "<p>Hi Ada &lt;3, <b>new</b></p>", "Hi Ada <3, new")));
        Assert.That(preview.GetProperty("sms").Text("text"), Is.EqualTo("Hi Ada <3"));
        Assert.That(preview.GetProperty("sms").GetProperty("segments").Text("encoding"), Is.EqualTo("gsm7"));
    }

    [Test]
    public async Task A_message_is_made_of_an_order_and_says_of_which_version()
    {
        var order = await Some.OrderAsync(acme, ada.Id, priceMinor: 1250);
        var template = await CreateAsync(new { name = "Receipt", subject = "Your order", text = "{{#each order.lines}}{{quantity}} x {{name}} {{total}}{{#unless @last}}, {{/unless}}{{/each}}. In all {{order.total}} by {{tenant.name}}." });

        var without = await SomeMessages.TryPostAsync(acme, new { customer_id = ada.Id.ToString(), channel = "email", purpose = "transactional", template = "receipt" });
        var posted = await SomeMessages.PostAsync(acme, new { customer_id = ada.Id.ToString(), channel = "email", purpose = "transactional", template = "receipt", order_id = order.Id.ToString() });

        var content = await acme.GetAsync<JsonElement>($"/v1/messages/{posted.Id()}/content");
        Assert.That((await Problem.OfAsync(without)).Pointers, Is.EqualTo(new[] { "/order_id" }));
        Assert.That(content.Text("text"), Does.Match(@"^\d+ x .+ \d+\.\d\d EUR\. In all \d+\.\d\d EUR by Acme\.$"));
        Assert.That((posted.Text("template_id"), posted.Text("template_version_id")), Is.EqualTo((template.Id(), template.Text("version_id"))));
    }

    [Test]
    public async Task Each_change_is_a_version_and_old_ones_can_be_shown()
    {
        var template = await CreateAsync(new { name = "news", sms = "One" });

        var changed = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PatchAsJsonAsync($"/v1/templates/{template.Id()}", new { sms = "Two" }));
        var renamed = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PatchAsJsonAsync($"/v1/templates/{template.Id()}", new { name = "newer" }));

        var versions = (await acme.GetAsync<JsonElement>($"/v1/templates/{template.Id()}/versions")).GetProperty("data");
        var first = await acme.GetAsync<JsonElement>($"/v1/templates/{template.Id()}/versions/{template.Text("version_id")}");
        Assert.That((changed.GetProperty("version").GetInt32(), renamed.GetProperty("version").GetInt32()), Is.EqualTo((2, 2)));
        Assert.That(versions.EnumerateArray().Select(v => v.Text("sms")), Is.EqualTo(new[] { "Two", "One" }));
        Assert.That((first.Text("sms"), first.GetProperty("author").Text("kind")), Is.EqualTo(("One", "api_key")));
    }

    [TestCase("Hello {{customer.nickname}}", "unknown_merge_field")]
    [TestCase("Hello {{customer.first_name}}", "merge_field_needs_default")]
    [TestCase("{{customer.custom_fields.shoe_size}}", "unknown_merge_field")]
    [TestCase("{{#if customer.first_name}}Hello", "not_closed")]
    [TestCase("{{#each customer.email}}x{{/each}}", "not_a_list")]
    [TestCase("{{order.lines}}", "not_a_value")]
    [TestCase("{{#each order.lines}}{{colour}}{{/each}}", "unknown_merge_field")]
    [TestCase("{{> partial}}", "not_allowed")]
    [TestCase("{{lookup data 'x'}}", "not_allowed")]
    [TestCase("{{../customer.id}}", "not_allowed")]
    [TestCase("{{data.GetType}}", "not_allowed")]
    [TestCase("{{#*inline \"x\"}}{{/inline}}", "not_allowed")]
    [TestCase("{{{{raw}}}} {{{{/raw}}}}", "not_allowed")]
    [TestCase("Hello {{customer.id", "not_closed")]
    [TestCase("{{{customer.id}}}", "not_allowed")]
    public async Task What_would_fail_later_is_refused_when_it_is_saved(string html, string code)
    {
        var answer = await acme.Http.PostAsJsonAsync("/v1/templates", new { name = "broken", subject = "Broken", html = $"<p>Fine</p>\n{html}" });

        var problem = await Problem.OfAsync(answer);
        var error = problem.Document.GetProperty("errors")[0];
        Assert.That((problem.Status, error.Text("pointer"), error.Text("code")), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "/html", code)));
        Assert.That(error.Text("detail"), Does.StartWith("Line 2: "));
    }

    [Test]
    public async Task What_may_be_empty_is_written_where_it_is_not()
    {
        var template = await CreateAsync(new { name = "maybe", sms = "{{#if customer.company}}At {{customer.company}}{{else}}At home{{/if}}{{#unless data.loud}}.{{/unless}}" });

        Assert.That((await PreviewAsync(template, new { customer_id = ada.Id.ToString() })).GetProperty("sms").Text("text"), Is.EqualTo("At home."));
    }

    [Test]
    public async Task Data_that_is_missing_is_named_and_nothing_is_sent()
    {
        await CreateAsync(new { name = "voucher", sms = "Your voucher: {{data.voucher.code}}" });

        var answer = await SomeMessages.TryPostAsync(acme, new { customer_id = ada.Id.ToString(), channel = "sms", purpose = "service", template = "voucher", data = new { voucher = new { } } });

        Assert.That((await Problem.OfAsync(answer)).Pointers, Is.EqualTo(new[] { "/data/voucher/code" }));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/messages")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Links_are_tagged_once_and_ours_are_left_alone()
    {
        await SomeMessages.PatchPolicyAsync(acme, new { link_tags = new { utm_source = "crm", utm_campaign = "all year" } });
        var template = await CreateAsync(new
        {
            name = "spring", subject = "Spring", link_tags = new { utm_campaign = "spring" },
            html = "<a class='x' href=\"https://shop.example.com/tea?a=1&amp;b=2#top\">Tea</a> <a href=\"https://shop.example.com/?utm_source=mine\">Mine</a> <a href=\"{{links.unsubscribe}}\">No</a> <a href=\"mailto:a@example.com\">Mail</a>",
        });

        var email = (await PreviewAsync(template, new { customer_id = ada.Id.ToString(), purpose = "marketing" })).GetProperty("email");

        Assert.That(email.Text("html"), Does.Contain("https://shop.example.com/tea?a=1&amp;b=2&amp;utm_source=crm&amp;utm_campaign=spring#top")
            .And.Contain("https://shop.example.com/?utm_source=mine&amp;utm_campaign=spring").And.Contain("mailto:a@example.com\"").And.Not.Match("unsubscribe/[^\"]*utm_"));
        Assert.That(email.Text("html").Split("/unsubscribe/"), Has.Length.EqualTo(2), "the template has placed it itself");
        Assert.That(email.Text("html"), Does.Contain(">Preferences</a>"));
    }

    [Test]
    public async Task A_subject_stays_one_line_whatever_fields_hold()
    {
        var template = await CreateAsync(new { name = "sneaky", subject = "Hi {{data.name}}", text = "Hi" });

        var email = (await PreviewAsync(template, new { data = new { name = "you\nBcc: all@example.com" } })).GetProperty("email");

        Assert.That(email.Text("subject"), Is.EqualTo("Hi you Bcc: all@example.com"));
    }

    [Test]
    public async Task What_comes_out_is_bounded()
    {
        var template = await CreateAsync(new { name = "bomb", subject = "Boom", text = "{{#each data.a}}" + new string('x', 90_000) + "{{/each}}" });

        var answer = await acme.Http.PostAsJsonAsync($"/v1/templates/{template.Id()}/preview", new { data = new { a = Enumerable.Range(0, 400) } });

        Assert.That((await Problem.OfAsync(answer)).Pointers, Is.EqualTo(new[] { "/data" }));
    }

    [TestCase("abc")]
    [TestCase(5)]
    [TestCase(true)]
    public async Task What_is_no_list_cannot_be_gone_through(object rows)
    {
        const string text = "{{#each data.rows}}{{this}}{{/each}}.";
        var template = await CreateAsync(new { name = "list", subject = "List", text });

        var previewed = await Problem.OfAsync(await acme.Http.PostAsJsonAsync($"/v1/templates/{template.Id()}/preview", new { data = new { rows } }));
        var posted = await Problem.OfAsync(await SomeMessages.TryPostAsync(acme, new { customer_id = ada.Id.ToString(), channel = "email", purpose = "transactional", content = new { subject = "List", text }, data = new { rows } }));

        Assert.That((previewed.Status, previewed.Pointers[0]), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "/data")));
        Assert.That((posted.Status, posted.Pointers[0]), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "/data")));
    }

    [Test]
    public async Task Names_are_taken_once_and_free_again()
    {
        var template = await CreateAsync(new { name = "Once", sms = "Hi" });

        var again = await acme.Http.PostAsJsonAsync("/v1/templates", new { name = "ONCE", sms = "Hi" });
        await acme.Http.DeleteAsync($"/v1/templates/{template.Id()}");
        var free = await acme.Http.PostAsJsonAsync("/v1/templates", new { name = "once", sms = "Hi" });

        Assert.That((await Problem.OfAsync(again)).Document.Text("template_id"), Is.EqualTo(template.Id()));
        Assert.That(free.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    private Task<JsonElement> CreateAsync(object template) => acme.CreateAsync<JsonElement>("/v1/templates", template);

    private async Task<JsonElement> PreviewAsync(JsonElement template, object request) =>
        await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsJsonAsync($"/v1/templates/{template.Id()}/preview", request));
}
