using System.Net;
using System.Net.Http.Json;
using CustomerCrm.ConsentTopics;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tests.ConsentTopics;

public class ConsentTopicTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task SetUp() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_topic_can_be_made_changed_and_deleted_while_nobody_spoke_of_it()
    {
        var topic = await acme.CreateAsync<ConsentTopic>("/v1/consent_topics", new { name = "offers", title = "Offers" });
        var changed = await TestTenant.ReadAsync<ConsentTopic>(await acme.Http.PatchAsJsonAsync($"/v1/consent_topics/{topic.Id}", new { title = "Our offers", is_public = false }));

        Assert.That((topic.IsPublic, changed.Title, changed.IsPublic, changed.Revision), Is.EqualTo((true, "Our offers", false, 2)));
        Assert.That((await acme.Http.DeleteAsync($"/v1/consent_topics/{topic.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await acme.GetAsync<Page<ConsentTopic>>("/v1/consent_topics")).Data, Is.Empty);
    }

    [Test]
    public async Task A_name_is_taken_once() => Assert.That(
        (await Problem.OfAsync(await TwiceAsync())).Code, Is.EqualTo("topic_exists"));

    [Test]
    public async Task A_topic_that_somebody_spoke_of_stays()
    {
        var topic = await acme.CreateAsync<ConsentTopic>("/v1/consent_topics", new { name = "offers", title = "Offers" });
        var ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana" });
        await acme.CreateAsync<object>($"/v1/customers/{ana.Id}/consents", new { purpose = "marketing", channel = "sms", topic = "offers", state = "withdrawn" });

        Assert.That((await Problem.OfAsync(await acme.Http.DeleteAsync($"/v1/consent_topics/{topic.Id}"))).Code, Is.EqualTo("topic_in_use"));
    }

    private async Task<HttpResponseMessage> TwiceAsync()
    {
        await acme.CreateAsync<ConsentTopic>("/v1/consent_topics", new { name = "offers", title = "Offers" });
        return await acme.Http.PostAsJsonAsync("/v1/consent_topics", new { name = "offers", title = "Others" });
    }
}
