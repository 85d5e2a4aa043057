using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Templates.Rendering;

namespace CustomerCrm.Tests.Messages;

/// <summary>Marketing always says how to say no, in the customer's language.</summary>
public class OptOutLineTests
{
    private static readonly CustomerAddresses addresses = new("https://crm.example.com/unsubscribe/x", "https://crm.example.com/unsubscribe/x", "https://crm.example.com/preferences/x");

    private TestTenant acme = null!;

    [SetUp]
    public async Task SetUp() => acme = await TestTenant.NewAsync();

    [TestCase("de", "Look at our tea.\nKeine Nachrichten mehr: mit STOP antworten.")]
    [TestCase("fr-CA", "Look at our tea.\nRépondez STOP pour ne plus rien recevoir.")]
    [TestCase("sr", "Look at our tea.\nZa odjavu odgovorite STOP.")]
    [TestCase("fi", "Look at our tea.\nReply STOP to opt out.")]
    public async Task A_text_message_ends_with_it(string language, string expected)
    {
        var posted = await SomeMessages.PostAsync(acme, SomeMessages.Marketing((await CustomerAsync(language)).Id, "sms"));

        var content = await acme.GetAsync<JsonElement>($"/v1/messages/{posted.Id()}/content");
        Assert.That(content.Text("sms"), Is.EqualTo(expected));
        Assert.That(SmsSegments.Of(expected).Encoding, Is.EqualTo(SmsEncoding.Gsm7), "it makes no message dearer");
    }

    [Test]
    public async Task Where_the_sender_is_a_name_it_is_a_link()
    {
        await acme.CreateAsync<JsonElement>("/v1/providers", new { kind = "twilio", from = "Acme", account_sid = $"AC{Guid.NewGuid():N}", auth_token = "12345" });

        var posted = await SomeMessages.PostAsync(acme, SomeMessages.Marketing((await CustomerAsync("de")).Id, "sms"));

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/messages/{posted.Id()}/content")).Text("sms"), Does.Match("^Look at our tea[.]\nKeine Nachrichten mehr: http.*/unsubscribe/.+$"));
    }

    [Test]
    public async Task What_is_no_marketing_stands_as_it_was_written()
    {
        var posted = await SomeMessages.PostAsync(acme, SomeMessages.Transactional((await CustomerAsync("de")).Id, "sms"));

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/messages/{posted.Id()}/content")).Text("sms"), Is.EqualTo("Thank you."));
    }

    [Test]
    public async Task The_links_under_an_email_have_their_names_in_the_customers_language()
    {
        var ada = await CustomerAsync("de-AT");

        var posted = await SomeMessages.PostAsync(acme, SomeMessages.Marketing(ada.Id));

        var content = await acme.GetAsync<JsonElement>($"/v1/messages/{posted.Id()}/content");
        Assert.That(content.Text("html"), Does.Contain(">Abbestellen</a>").And.Contain(">Einstellungen</a>"));
        Assert.That(content.Text("text"), Does.Contain("Abbestellen: http").And.Contain("Einstellungen: http"));
    }

    [TestCase("Tea! STOP to end", true)]
    [TestCase("Tea! Abmelden: STOP an 123", true)]
    [TestCase("Tea! https://crm.example.com/unsubscribe/x", true)]
    [TestCase("Stop by for tea", false)]
    [TestCase("NONSTOP tea", false)]
    public void It_is_added_only_where_it_is_not_said(string sms, bool isSaid) =>
        Assert.That(SmsOptOut.Added(sms, OptOutWords.In("en"), addresses, canBeAnswered: true) == sms, Is.EqualTo(isSaid));

    private async Task<Customer> CustomerAsync(string language)
    {
        var customer = await SomeMessages.CustomerAsync(acme);
        await acme.Http.PatchAsJsonAsync($"/v1/customers/{customer.Id}", new { language });
        await SomeMessages.SayAsync(acme, customer.Id);
        await SomeMessages.SayAsync(acme, customer.Id, channel: MessageChannel.Sms);
        return customer;
    }
}
