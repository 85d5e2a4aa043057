using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tests.Messages;

namespace CustomerCrm.Tests.PersonalData;

public class PersonalDataTests
{
    [Test]
    public async Task A_customers_copy_holds_what_was_said_bought_and_written_and_nothing_of_others()
    {
        var acme = await TestTenant.NewAsync();
        var (ada, bob) = (await SomeMessages.CustomerAsync(acme), await SomeMessages.CustomerAsync(acme, firstName: "Bob"));
        foreach (var (customer, mark) in new[] { (ada, "of Ada"), (bob, "of Bob") })
        {
            await Some.OrderAsync(acme, customer.Id);
            await acme.CreateAsync<JsonElement>("/v1/interactions", new { customer_id = customer.Id.ToString(), channel = "phone", direction = "inbound", body = $"Said {mark}" });
            await acme.CreateAsync<JsonElement>("/v1/notes", new { customer_id = customer.Id.ToString(), body = $"Note {mark}" });
            await acme.CreateAsync<JsonElement>($"/v1/customers/{customer.Id}/consents", new { purpose = "marketing", channel = "email", state = "granted", proof = new { text = $"Yes {mark}" } });
            await acme.Http.PostAsJsonAsync($"/v1/customers/{customer.Id}/tags", new { names = new[] { $"Tag {mark}" } });
            await SomeMessages.PostAsync(acme, new { customer_id = customer.Id.ToString(), channel = "sms", purpose = "service", content = new { sms = $"Message {mark}" } });
        }

        var copy = await acme.GetAsync<JsonElement>($"/v1/customers/{ada.Id}/personal_data");

        var records = copy.GetProperty("records");
        Assert.That(copy.GetProperty("customer").Text("email"), Is.EqualTo(ada.Email));
        foreach (var table in new[] { "customers", "identities", "orders", "order_lines", "interactions", "notes", "consent_entries", "messages", "message_contents" })
            Assert.That(records.GetProperty(table).GetArrayLength(), Is.GreaterThan(0), table);
        foreach (var said in new[] { "Said of Ada", "Note of Ada", "Yes of Ada", "Message of Ada", "Tag of Ada" }) Assert.That(copy.GetRawText(), Does.Contain(said));
        Assert.That(copy.GetRawText(), Does.Not.Contain("of Bob").And.Not.Contain(bob.Email));
        Assert.That((records.GetProperty("orders")[0].Text("payment_status"), records.GetProperty("interactions")[0].Text("channel"), records.GetProperty("messages")[0].Text("purpose"), records.GetProperty("identities")[0].Text("kind")),
            Is.EqualTo(("pending", "phone", "service", "email")));
        var note = records.GetProperty("notes")[0];
        Assert.That((note.Text("id"), note.GetProperty("created_at").GetDateTimeOffset()), Is.EqualTo((Guid.Parse(note.Text("id")).ToString(), TestApi.Clock.GetUtcNow())));
    }

    [Test]
    public async Task Of_another_tenants_customer_there_is_nothing()
    {
        var (acme, other) = (await TestTenant.NewAsync(), await TestTenant.NewAsync());
        var ada = await SomeMessages.CustomerAsync(acme);

        Assert.That((await other.Http.GetAsync($"/v1/customers/{ada.Id}/personal_data")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
