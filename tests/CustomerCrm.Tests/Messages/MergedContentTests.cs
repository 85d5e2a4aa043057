using System.Net;
using System.Text.Json;
using CustomerCrm.Customers;

namespace CustomerCrm.Tests.Messages;

/// <summary>Content that was written for one message has the fields that templates have.</summary>
public class MergedContentTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task SetUp() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task Fields_are_filled_in_and_escaped()
    {
        var ada = await SomeMessages.CustomerAsync(acme, firstName: "Ada <3");

        var posted = await PostAsync(ada, new { subject = "Hi {{customer.first_name}}", html = "<p>{{customer.first_name}}, {{data.what}}</p>", text = "{{customer.first_name}}: {{data.what}}", defaults = Defaults("customer.first_name", "you") }, new { what = "{{tea}}" });

        var content = await acme.GetAsync<JsonElement>($"/v1/messages/{posted.Id()}/content");
        Assert.That((posted.Text("title"), content.Text("html"), content.Text("text")), Is.EqualTo(("Hi Ada <3", "<p>Ada &lt;3, {{tea}}</p>", "Ada <3: {{tea}}")), "braces that are to be braces go in data");
    }

    [Test]
    public async Task An_empty_field_has_its_default()
    {
        var nameless = await SomeMessages.CustomerAsync(acme, firstName: null);

        var posted = await PostAsync(nameless, new { subject = "Hi {{customer.first_name}}", text = "Hello.", defaults = Defaults("customer.first_name", "you") });

        Assert.That(posted.Text("title"), Is.EqualTo("Hi you"));
    }

    [TestCase("Hi {{customer.shoe_size}}", "unknown_merge_field")]
    [TestCase("Hi {{customer.first_name}}", "merge_field_needs_default")]
    [TestCase("Hi {{#customer}}", "not_allowed")]
    [TestCase("Hi {{customer.id", "not_closed")]
    public async Task What_cannot_be_filled_in_is_refused_where_it_stands_and_nothing_is_sent(string text, string code)
    {
        var ada = await SomeMessages.CustomerAsync(acme);

        var answer = await SomeMessages.TryPostAsync(acme, new { customer_id = ada.Id.ToString(), channel = "email", purpose = "service", content = new { subject = "Hello", text } });

        var problem = await Problem.OfAsync(answer);
        Assert.That((problem.Status, problem.Pointers[0]), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "/content/text")));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"\"{code}\""));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/messages")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task An_order_is_needed_where_it_is_spoken_of()
    {
        var ada = await SomeMessages.CustomerAsync(acme);
        var order = await Some.OrderAsync(acme, ada.Id, priceMinor: 1250);
        object Message(string? orderId) => new { customer_id = ada.Id.ToString(), channel = "sms", purpose = "transactional", order_id = orderId, content = new { sms = "{{order.total}} on {{order.placed_at}}" } };

        var without = await SomeMessages.TryPostAsync(acme, Message(null));
        var posted = await SomeMessages.PostAsync(acme, Message(order.Id.ToString()));

        Assert.That((await Problem.OfAsync(without)).Pointers, Is.EqualTo(new[] { "/order_id" }));
        Assert.That(posted.Text("title"), Does.Match("^12[.]50 EUR on [A-Z][a-z]+ [0-9]{1,2}, 20[0-9]{2}$"));
    }

    [Test]
    public async Task An_order_that_is_not_there_or_anothers_is_refused_even_where_nothing_speaks_of_it()
    {
        var (ada, stranger) = (await SomeMessages.CustomerAsync(acme), await TestTenant.NewAsync());
        var (bobs, theirs) = (await Some.OrderAsync(acme), await Some.OrderAsync(stranger));
        object Message(string orderId) => new { customer_id = ada.Id.ToString(), channel = "email", purpose = "service", order_id = orderId, content = new { subject = "Hello", text = "There." } };

        var ofBob = await SomeMessages.TryPostAsync(acme, Message(bobs.Id.ToString()));
        var ofThem = await SomeMessages.TryPostAsync(acme, Message(theirs.Id.ToString()));

        Assert.That((await Problem.OfAsync(ofBob)).Pointers, Is.EqualTo(new[] { "/order_id" }));
        Assert.That((ofBob.StatusCode, ofThem.StatusCode), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound)));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/messages")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    private Task<JsonElement> PostAsync(Customer to, object content, object? data = null) =>
        SomeMessages.PostAsync(acme, new { customer_id = to.Id.ToString(), channel = "email", purpose = "service", content, data });

    private static Dictionary<string, string> Defaults(string field, string text) => new() { [field] = text };
}
