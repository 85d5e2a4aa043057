using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Segments;

namespace CustomerCrm.Tests.Consents;

public class ConsentSegmentTests
{
    [Test]
    public async Task A_segment_follows_what_customers_say()
    {
        var acme = await TestTenant.NewAsync();
        await acme.CreateAsync<JsonElement>("/v1/consent_topics", new { name = "newsletter", title = "Newsletter" });
        var ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana" });
        await acme.CreateAsync<Customer>("/v1/customers", new { name = "Bob" });
        var consent = new { purpose = "marketing", channel = "email", topic = "newsletter" };
        var segment = await acme.CreateAsync<Segment>("/v1/segments", new { name = "Readers", kind = "dynamic", rule = new { consent } });
        await TestApi.RunJobsAsync();

        // Of all topics, where the topic has nothing of its own.
        await SayAsync(new { purpose = "marketing", channel = "email", state = "granted" });
        var byAll = await SizeAsync();
        var explained = await acme.GetAsync<JsonElement>($"/v1/segments/{segment.Id}/members/{ana.Id}/explanation");
        await SayAsync(new { purpose = "marketing", channel = "email", topic = "newsletter", state = "withdrawn" });
        var afterNo = await SizeAsync();
        await SayAsync(new { purpose = "marketing", channel = "email", topic = "newsletter", state = "granted" });

        Assert.That((byAll, afterNo, await SizeAsync()), Is.EqualTo((1, 0, 1)));
        Assert.That(explained.ToString(), Does.Contain("\"granted\""));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/metadata")).GetProperty("segments").GetProperty("tests").EnumerateArray().Select(t => t.GetString()), Does.Contain("consent"));

        Task SayAsync(object said) => acme.CreateAsync<JsonElement>($"/v1/customers/{ana.Id}/consents", said);

        async Task<int> SizeAsync()
        {
            await TestApi.RunJobsAsync();
            return (await acme.GetAsync<Segment>($"/v1/segments/{segment.Id}")).Size;
        }
    }
}
