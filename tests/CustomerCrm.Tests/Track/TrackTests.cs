using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.RecycleBin;
using CustomerCrm.Track;
using CustomerCrm.Track.Visitors;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Track;

public class TrackTests
{
    private static readonly DateTimeOffset now = TestApi.Clock.GetUtcNow();
    private TestTenant acme = null!;

    [SetUp]
    public async Task StartAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task An_event_of_a_customer_is_shown_with_its_properties_and_on_the_timeline()
    {
        var ada = await CustomerAsync();

        var receipt = await TrackAsync(new { name = "product_viewed", customer_id = ada, occurred_at = now.AddYears(-3), properties = new { sku = "TEA-1", sizes = new[] { 1, 2 } } });
        var shown = await acme.GetAsync<TrackedEvent>($"/v1/track/{receipt.Id}");
        var timeline = await acme.GetAsync<JsonElement>($"/v1/customers/{ada}/timeline?filter[kind][eq]=tracked_event");

        Assert.That((shown.CustomerId, shown.Name, shown.OccurredAt, shown.ReceivedAt, shown.Origin), Is.EqualTo(((Id<Customer>?)ada, "product_viewed", now.AddYears(-3), now, TrackOrigin.Server)));
        Assert.That(JsonSerializer.Serialize(shown.Properties), Is.EqualTo("""{"sku":"TEA-1","sizes":[1,2]}"""));
        var entry = timeline.GetProperty("data")[0];
        Assert.That((entry.GetProperty("id").GetString(), entry.GetProperty("title").GetString()), Is.EqualTo((receipt.Id.ToString(), "product_viewed")));
    }

    [Test]
    public async Task Told_again_under_its_unique_id_it_is_recorded_once()
    {
        var ada = await CustomerAsync();

        var first = await PostAsync("/v1/track", new { name = "signed_up", customer_id = ada, unique_id = "u-1" });
        var second = await PostAsync("/v1/track", new { name = "another", customer_id = ada, unique_id = "u-1" });

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK)));
        var (one, other) = (await TestTenant.ReadAsync<TrackEvent.Receipt>(first), await TestTenant.ReadAsync<TrackEvent.Receipt>(second));
        Assert.That((other.Id, other.IsDuplicate, one.IsDuplicate), Is.EqualTo((one.Id, true, false)));
        Assert.That((await EventsOfAsync(ada)).Select(e => e.Name), Is.EqualTo(new[] { "signed_up" }));
    }

    [Test]
    public async Task Fifty_at_once_under_one_unique_id_are_one()
    {
        var ada = await CustomerAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync("/v1/track", new { name = "signed_up", customer_id = ada, anonymous_id = "v", unique_id = "u-1" })));

        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.OK), Is.EqualTo(49));
        Assert.That(await EventsOfAsync(ada), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_batch_answers_item_by_item()
    {
        var ada = await CustomerAsync();

        var answer = await acme.CreateAsync<BatchAnswer<TrackEvent.Receipt>>("/v1/track/batch", new
        {
            items = new object[]
            {
                new { name = "a", customer_id = ada },
                new { name = "b" },
                new { name = "c", customer_id = Id<Customer>.New() },
                new { name = "d", customer = new { email = "new@example.com" } },
                new { name = "e", anonymous_id = "v-1", occurred_at = now.AddDays(2) },
            },
        });

        Assert.That(answer.Results.Select(r => r.Status), Is.EqualTo(new[] { 201, 422, 404, 201, 422 }));
        Assert.That(answer.Results[1].Error!.Errors[0].Pointer, Is.EqualTo("/anonymous_id"));
        Assert.That(answer.Results[4].Error!.Errors[0].Code, Is.EqualTo("in_the_future"));
        Assert.That((await acme.GetAsync<Page<TrackedEvent>>("/v1/track")).Data.Select(e => e.Name).Order(), Is.EqualTo(new[] { "a", "d" }));
    }

    [Test]
    public async Task A_visitors_past_becomes_the_customers_who_they_turn_out_to_be()
    {
        await TrackAsync(new { name = "page_viewed", anonymous_id = "v-1" });
        await TrackAsync(new { name = "cart_filled", anonymous_id = "v-1" });
        await TrackAsync(new { name = "page_viewed", anonymous_id = "V-1" });
        var ada = await CustomerAsync();

        var identified = await acme.CreateAsync<VisitorIdentified>("/v1/track/identify", new { anonymous_id = "v-1", customer_id = ada });
        await TrackAsync(new { name = "order_begun", anonymous_id = "v-1" });
        var again = await acme.CreateAsync<VisitorIdentified>("/v1/track/identify", new { anonymous_id = "v-1", customer_id = ada });

        Assert.That((identified.AttachedCount, identified.IsComplete, again.AttachedCount), Is.EqualTo((2, true, 0)));
        Assert.That((await EventsOfAsync(ada)).Select(e => e.Name), Is.EquivalentTo(new[] { "page_viewed", "cart_filled", "order_begun" }));
        Assert.That((await acme.GetAsync<Page<TrackedEvent>>("/v1/track?filter[anonymous_id][eq]=V-1")).Data.Single().CustomerId, Is.Null);
        Assert.That(await EventTypesAsync(), Is.EqualTo(new[] { "visitor.identified", "tracked_event.recorded" }), "a visitor's doings are no news while nobody knows whose they are");
    }

    [Test]
    public async Task What_the_first_customer_did_at_a_machine_stays_theirs_when_another_signs_in()
    {
        var (ada, bob) = (await CustomerAsync(), await CustomerAsync());
        await TrackAsync(new { name = "by_ada", anonymous_id = "v-1" });
        await TrackAsync(new { name = "ada_signed_in", anonymous_id = "v-1", customer_id = ada });

        await TrackAsync(new { name = "bob_signed_in", anonymous_id = "v-1", customer_id = bob });
        await TrackAsync(new { name = "by_bob", anonymous_id = "v-1" });

        Assert.That((await EventsOfAsync(ada)).Select(e => e.Name), Is.EquivalentTo(new[] { "by_ada", "ada_signed_in" }));
        Assert.That((await EventsOfAsync(bob)).Select(e => e.Name), Is.EquivalentTo(new[] { "bob_signed_in", "by_bob" }));
    }

    [Test]
    public async Task What_a_visitor_did_while_their_customer_was_in_the_bin_is_the_customers_when_it_is_back()
    {
        var ada = await CustomerAsync();
        await TrackAsync(new { name = "before", anonymous_id = "v-1", customer_id = ada });
        await acme.Http.DeleteAsync($"/v1/customers/{ada}");
        foreach (var name in new[] { "one", "two", "three" }) await TrackAsync(new { name, anonymous_id = "v-1" });
        await TrackAsync(new { name = "a_stranger", anonymous_id = "v-2" });

        await RestoreAsync();
        await TestApi.RunJobsAsync();

        Assert.That((await EventsOfAsync(ada)).Select(e => e.Name), Is.EquivalentTo(new[] { "before", "one", "two", "three" }));
        Assert.That((await acme.GetAsync<Page<TrackedEvent>>("/v1/track?filter[anonymous_id][eq]=v-2")).Data.Single().CustomerId, Is.Null);
    }

    [Test]
    public async Task Whoever_says_again_who_a_visitor_is_gets_what_is_still_nobodys()
    {
        var ada = await CustomerAsync();
        await TrackAsync(new { name = "before", anonymous_id = "v-1", customer_id = ada });
        await acme.Http.DeleteAsync($"/v1/customers/{ada}");
        foreach (var name in new[] { "one", "two", "three" }) await TrackAsync(new { name, anonymous_id = "v-1" });
        VisitorIdentified identified = null!;

        await TestApi.BeforeJobsRunAsync(async () =>
        {
            await RestoreAsync();
            identified = await acme.CreateAsync<VisitorIdentified>("/v1/track/identify", new { anonymous_id = "v-1", customer_id = ada });
        });
        await TestApi.RunJobsAsync();

        Assert.That((identified.AttachedCount, identified.IsComplete), Is.EqualTo((3, true)));
        Assert.That((await EventsOfAsync(ada)).Select(e => e.Name), Is.EquivalentTo(new[] { "before", "one", "two", "three" }));
        Assert.That((await EventTypesAsync()).Count(type => type == "visitor.identified"), Is.EqualTo(2), "once for the first time, once for what came along later");
    }

    [Test]
    public async Task A_past_that_is_too_long_for_one_answer_follows_behind_it()
    {
        for (var batch = 0; batch <= VisitorBook.AtOnce / Batch.MostItems; batch++)
            await acme.CreateAsync<object>("/v1/track/batch", new { items = Enumerable.Range(0, Batch.MostItems).Select(n => new { name = "page_viewed", anonymous_id = "v-1" }) });
        var ada = await CustomerAsync();

        var identified = await acme.CreateAsync<VisitorIdentified>("/v1/track/identify", new { anonymous_id = "v-1", customer_id = ada });
        await TestApi.RunJobsAsync();

        Assert.That((identified.AttachedCount, identified.IsComplete), Is.EqualTo((VisitorBook.AtOnce, false)));
        Assert.That((await acme.GetAsync<Page<TrackedEvent>>("/v1/track?limit=100")).Data.Count(e => e.CustomerId is null), Is.Zero);
        Assert.That(await EventTypesAsync(), Is.EqualTo(new[] { "visitor.identified", "visitor.identified" }));
    }

    [Test]
    public async Task What_visitors_did_is_forgotten_when_nobody_says_in_time_who_they_are()
    {
        var ada = await CustomerAsync();
        foreach (var name in new[] { "old", "young" }) await TrackAsync(new { name, anonymous_id = "v-1", unique_id = name });
        await TrackAsync(new { name = "old", customer_id = ada });
        await acme.WithDbAsync(db => db.ExecuteAsync(Age, new { At = now - ForgetVisitorsJob.KeptFor - TimeSpan.FromSeconds(1) }, default));

        await acme.WithScopeAsync(services => services.GetRequiredService<IJob<ForgetVisitors>>().RunAsync(new ForgetVisitors(), default));

        Assert.That((await acme.GetAsync<Page<TrackedEvent>>("/v1/track")).Data.Select(e => (e.Name, e.CustomerId)), Is.EquivalentTo(new[] { ("young", (Id<Customer>?)null), ("old", ada) }));
    }

    [Test]
    public async Task Another_tenants_customer_and_visitors_are_nobodys()
    {
        var stranger = await TestTenant.NewAsync();
        var theirs = (await stranger.CreateAsync<Customer>("/v1/customers", new { name = "Eve" })).Id;
        await stranger.CreateAsync<object>("/v1/track", new { name = "page_viewed", anonymous_id = "v-1", customer_id = theirs, unique_id = "u-1" });

        var tracked = await PostAsync("/v1/track", new { name = "page_viewed", customer_id = theirs });
        var identified = await PostAsync("/v1/track/identify", new { anonymous_id = "v-1", customer_id = theirs });
        var own = await TrackAsync(new { name = "page_viewed", anonymous_id = "v-1", unique_id = "u-1" });

        Assert.That((tracked.StatusCode, identified.StatusCode, own.IsDuplicate), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound, false)));
        Assert.That((await acme.GetAsync<TrackedEvent>($"/v1/track/{own.Id}")).CustomerId, Is.Null);
    }

    [Test]
    public async Task Names_are_listed_once_each()
    {
        foreach (var name in new[] { "b", "a", "b" }) await TrackAsync(new { name, anonymous_id = "v-1" });

        Assert.That((await acme.GetAsync<Page<ListTrackedNames.Row>>("/v1/track/names")).Data.Select(row => row.Name), Is.EqualTo(new[] { "a", "b" }));
    }

    [TestCase(8100, HttpStatusCode.Created)]
    [TestCase(8192, HttpStatusCode.UnprocessableEntity)]
    public async Task Properties_are_bounded(int length, HttpStatusCode expected)
    {
        var response = await PostAsync("/v1/track", new { name = "a", anonymous_id = "v", properties = new { text = new string('x', length) } });

        Assert.That(response.StatusCode, Is.EqualTo(expected));
    }

    private static readonly TenantSql Age = TenantSql.Of("UPDATE TrackedEvents SET ReceivedAt = @At WHERE TenantId = @TenantId AND Name = 'old'");

    private async Task<Id<Customer>> CustomerAsync() => (await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ada" })).Id;

    private async Task RestoreAsync()
    {
        var item = (await acme.GetAsync<Page<BinItem>>("/v1/recycle_bin")).Data.Single();
        await acme.CreateAsync<RestoreBinItem.Answer>($"/v1/recycle_bin/{item.Id}/restore", new { });
    }

    private Task<HttpResponseMessage> PostAsync(string path, object body) => acme.Http.PostAsJsonAsync(path, body, StrictJson.Options);

    private Task<TrackEvent.Receipt> TrackAsync(object body) => acme.CreateAsync<TrackEvent.Receipt>("/v1/track", body);

    private async Task<IReadOnlyList<TrackedEvent>> EventsOfAsync(Id<Customer> customerId) => (await acme.GetAsync<Page<TrackedEvent>>($"/v1/customers/{customerId}/tracked_events")).Data;

    private async Task<string[]> EventTypesAsync() =>
        [.. (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Select(e => e.GetProperty("type").GetString()!).Where(type => !type.StartsWith("customer.", StringComparison.Ordinal))];
}
