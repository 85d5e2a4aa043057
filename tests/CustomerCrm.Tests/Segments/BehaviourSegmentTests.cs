using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Products;
using CustomerCrm.Segments;

namespace CustomerCrm.Tests.Segments;

public class BehaviourSegmentTests
{
    private static readonly DateTimeOffset now = TestApi.Clock.GetUtcNow();
    private TestTenant acme = null!;

    [SetUp]
    public async Task StartAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_visitor_enters_with_the_past_that_comes_along_and_the_explanation_shows_it()
    {
        var ada = await acme.CustomerAsync("Ada");
        var segment = await acme.BuiltAsync(new { events = new { name = "product_viewed", count = new { gte = 2 }, within_days = 7 } });
        foreach (var days in new[] { 8, 6, 5 }) await TrackAsync(new { name = "product_viewed", anonymous_id = "v-1", occurred_at = now.AddDays(-days) });
        await TestApi.RunJobsAsync();
        Assert.That(await acme.MembersAsync(segment.Id), Is.Empty);

        await acme.CreateAsync<object>("/v1/track/identify", new { anonymous_id = "v-1", customer_id = ada });
        await TestApi.RunJobsAsync();

        Assert.That(await acme.MembersAsync(segment.Id), Is.EqualTo(new[] { "Ada" }));
        var seen = await SeenAsync(segment, ada);
        Assert.That((seen.GetProperty("count").GetInt32(), seen.GetProperty("last_at").GetDateTimeOffset()), Is.EqualTo((2, now.AddDays(-5))));
    }

    // It is Tuesday, nine o'clock in UTC: ten in Vienna, four in New York.
    [TestCase("today", "2030-01-14T23:30:00Z", "time_zone", "America/New_York", false)]
    [TestCase("yesterday", "2030-01-14T23:30:00Z", "time_zone", "America/New_York", true)]
    [TestCase("this_week", "2030-01-13T12:00:00Z", "week_start", "sunday", true)]
    [TestCase("last_week", "2030-01-13T12:00:00Z", "week_start", "sunday", false)]
    public async Task Another_calendar_moves_whom_days_and_weeks_decide_about_at_once(string period, string at, string setting, string value, bool isMember)
    {
        acme = await TestTenant.NewAsync("Europe/Vienna");
        var ada = await acme.CustomerAsync("Ada");
        await TrackAsync(new { name = "page_viewed", customer_id = ada, occurred_at = at });
        var segment = await acme.BuiltAsync(new { events = new { name = "page_viewed", period } });
        var before = await acme.MembersAsync(segment.Id);

        var changed = await acme.PatchAsync("/v1/tenant", new Dictionary<string, string> { [setting] = value });
        await TestApi.RunJobsAsync();

        Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((before, await acme.MembersAsync(segment.Id)), Is.EqualTo(isMember ? (Array.Empty<string>(), new[] { "Ada" }) : (["Ada"], [])));
    }

    [Test]
    public async Task A_cart_that_was_left_is_one_when_the_time_for_it_is_over()
    {
        var (ada, bob, cem) = (await acme.CustomerAsync("Ada"), await acme.CustomerAsync("Bob"), await acme.CustomerAsync("Cem"));
        foreach (var (who, minutes) in new[] { (ada, 61), (bob, 61), (cem, 59) }) await TrackAsync(new { name = "cart_filled", customer_id = who, occurred_at = now.AddMinutes(-minutes) });
        await TrackAsync(new { name = "order_begun", customer_id = bob, occurred_at = now.AddMinutes(-30) });

        var left = await acme.BuiltAsync(new { sequence = new { first = "cart_filled", then = "order_begun", gap_minutes = 60, is_followed = false } });
        var followed = await acme.BuiltAsync(new { sequence = new { first = "cart_filled", then = "order_begun", gap_minutes = 60 } });

        Assert.That((await acme.MembersAsync(left.Id), await acme.MembersAsync(followed.Id)), Is.EqualTo((new[] { "Ada" }, new[] { "Bob" })));
        var seen = await SeenAsync(followed, bob);
        Assert.That((seen.GetProperty("first_at").GetDateTimeOffset(), seen.GetProperty("then_at").GetDateTimeOffset()), Is.EqualTo((now.AddMinutes(-61), now.AddMinutes(-30))));
        Assert.That((await SeenAsync(followed, ada)).GetProperty("then_at").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Who_bought_so_much_of_a_product_is_found_by_sku_or_by_name()
    {
        var (ada, bob) = (await acme.CustomerAsync("Ada"), await acme.CustomerAsync("Bob"));
        await OrderAsync(ada, "TEA-1", 3);
        await OrderAsync(bob, "tea-1", 3);

        var bySku = await acme.BuiltAsync(new { products = new { skus = new[] { "TEA-1", "CUP" }, quantity = new { gte = 3 } } });
        var byName = await acme.BuiltAsync(new { products = new { names = new[] { "Tea" }, within_days = 30 } });

        Assert.That((await acme.MembersAsync(bySku.Id), await acme.MembersAsync(byName.Id)), Is.EqualTo((new[] { "Ada" }, new[] { "Ada", "Bob" })));
        Assert.That((await SeenAsync(bySku, ada)).GetProperty("quantity").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public async Task Who_bought_a_product_of_the_catalogue_is_found_although_it_came_later()
    {
        var ada = await acme.CustomerAsync("Ada");
        await OrderAsync(ada, "TEA-1", 3);
        var product = (await acme.CreateAsync<JsonElement>("/v1/products", new { name = "Tea", sku = "OTHER" })).GetProperty("id").GetString();
        var segment = await acme.BuiltAsync(new { products = new { product_ids = new[] { product }, quantity = new { gte = 3 } } });
        Assert.That(await acme.MembersAsync(segment.Id), Is.Empty);

        await acme.PatchAsync($"/v1/products/{product}", new { sku = "TEA-1" });
        await TestApi.RunJobsAsync();

        Assert.That(await acme.MembersAsync(segment.Id), Is.EqualTo(new[] { "Ada" }));
        Assert.That((await SeenAsync(segment, ada)).GetProperty("quantity").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public async Task Who_enters_another_segment_enters_those_that_ask_about_it()
    {
        var ada = await acme.CustomerAsync("Ada");
        var byHand = await acme.CreateAsync<Segment>("/v1/segments", new { name = "VIP", kind = "static" });
        var asker = await acme.BuiltAsync(new { segment = byHand.Id });
        var other = await acme.BuiltAsync(new { not = new { segment = asker.Id } });
        Assert.That((await acme.MembersAsync(asker.Id), await acme.MembersAsync(other.Id)), Is.EqualTo((Array.Empty<string>(), new[] { "Ada" })));

        await acme.CreateAsync<object>($"/v1/segments/{byHand.Id}/members", new { customer_ids = new[] { ada } });
        await TestApi.RunJobsAsync();

        Assert.That((await acme.MembersAsync(asker.Id), await acme.MembersAsync(other.Id)), Is.EqualTo((new[] { "Ada" }, Array.Empty<string>())));
        Assert.That((await SeenAsync(asker, ada)).GetProperty("is_member").GetBoolean(), Is.True);
    }

    [Test]
    public async Task A_segment_is_built_after_those_it_asks_about()
    {
        await acme.CustomerAsync("Ada", "AT");
        var austrians = await acme.SegmentAsync(Shop.Austrians);
        var asker = await acme.SegmentAsync(new { segment = austrians.Id });
        var first = await acme.SegmentAsync(new { segment = asker.Id });
        await TestApi.RunJobsAsync();
        Assert.That((await acme.MembersAsync(asker.Id), await acme.MembersAsync(first.Id)), Is.EqualTo((new[] { "Ada" }, new[] { "Ada" })));

        await acme.PatchAsync($"/v1/segments/{austrians.Id}", new { rule = new { not = Shop.Austrians } });
        await TestApi.RunJobsAsync();

        Assert.That((await acme.MembersAsync(asker.Id), await acme.MembersAsync(first.Id)), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())));
    }

    [Test]
    public async Task Segments_do_not_lead_back_to_themselves_nor_to_nowhere()
    {
        var stranger = await TestTenant.NewAsync();
        var theirs = await stranger.CreateAsync<Segment>("/v1/segments", new { name = "Theirs", kind = "static" });
        var one = await acme.SegmentAsync(Shop.Austrians);
        var two = await acme.SegmentAsync(new { any = new object[] { Shop.Regulars, new { segment = one.Id } } });

        var circle = await Problem.OfAsync(await acme.PatchAsync($"/v1/segments/{one.Id}", new { rule = new { all = new object[] { Shop.Austrians, new { not = new { segment = two.Id } } } } }));
        var own = await Problem.OfAsync(await acme.PatchAsync($"/v1/segments/{one.Id}", new { rule = new { segment = one.Id } }));
        var unknown = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/segments", new { name = "Some", kind = "dynamic", rule = new { segment = theirs.Id } }, StrictJson.Options));
        var inUse = await Problem.OfAsync(await acme.Http.DeleteAsync($"/v1/segments/{one.Id}"));

        Assert.That((circle.Pointers.Single(), own.Pointers.Single(), unknown.Pointers.Single()), Is.EqualTo(("/rule/all/1/not/segment", "/rule/segment", "/rule/segment")));
        Assert.That(unknown.Document.GetProperty("errors")[0].GetProperty("code").GetString(), Is.EqualTo("unknown_segment"));
        Assert.That((inUse.Status, inUse.Code), Is.EqualTo((HttpStatusCode.Conflict, "segment_in_use")));
        Assert.That(inUse.Document.GetProperty("segment_ids").EnumerateArray().Select(id => id.GetString()), Is.EqualTo(new[] { two.Id.ToString() }));
    }

    [Test]
    public async Task A_product_that_is_not_there_or_is_a_strangers_is_refused_by_its_place()
    {
        var stranger = await TestTenant.NewAsync();
        var theirs = (await stranger.CreateAsync<JsonElement>("/v1/products", new { name = "Tea" })).GetProperty("id").GetString();
        var ours = (await acme.CreateAsync<JsonElement>("/v1/products", new { name = "Tea" })).GetProperty("id").GetString();
        var segment = await acme.SegmentAsync(Shop.Austrians);
        var rule = new { any = new object[] { Shop.Austrians, new { products = new { product_ids = new[] { ours, theirs, Id<Product>.New().ToString() } } } } };

        var refused = new[]
        {
            await acme.Http.PostAsJsonAsync("/v1/segments", new { name = "Some", kind = "dynamic", rule }, StrictJson.Options),
            await acme.Http.PostAsJsonAsync("/v1/segments/preview", new { rule }, StrictJson.Options),
            await acme.PatchAsync($"/v1/segments/{segment.Id}", new { rule }),
        };

        foreach (var answer in refused)
        {
            var problem = await Problem.OfAsync(answer);
            Assert.That(problem.Errors, Is.EqualTo(new[] { ("/rule/any/1/products/product_ids/1", "unknown_product"), ("/rule/any/1/products/product_ids/2", "unknown_product") }), problem.Document.ToString());
        }
        Assert.That((await acme.Http.PostAsJsonAsync("/v1/segments/preview", new { rule = new { products = new { product_ids = new[] { ours } } } }, StrictJson.Options)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("""{"events":{"name":"a","within_days":3,"within_hours":3}}""", "/rule/events/within_days")]
    [TestCase("""{"events":{"count":{"gte":1}}}""", "/rule/events/name")]
    [TestCase("""{"events":{"name":"a","where":[{"property":"p","op":"like","value":"x"}]}}""", "/rule/events/where/0/op")]
    [TestCase("""{"events":{"name":"a","where":[{"property":"p","op":"gte","value":"x"}]}}""", "/rule/events/where/0/value")]
    [TestCase("""{"events":{"name":"a","where":[{"property":"p","op":"eq","value":[1]}]}}""", "/rule/events/where/0/value")]
    [TestCase("""{"sequence":{"first":"a","then":"b"}}""", "/rule/sequence/gap_minutes")]
    [TestCase("""{"products":{"skus":["A"],"names":["B"]}}""", "/rule/products/product_ids")]
    [TestCase("""{"products":{"skus":["A",""]}}""", "/rule/products/skus/1")]
    [TestCase("""{"products":{"names":["A","B"," "]}}""", "/rule/products/names/2")]
    [TestCase("""{"orders":{"period":"this_week","from":"2030-01-01T00:00:00Z"}}""", "/rule/orders/period")]
    [TestCase("""{"field":"created_at","op":"in_period","value":"next_week"}""", "/rule/value")]
    [TestCase("""{"field":"birthday","op":"within_days","value":366}""", "/rule/value")]
    public async Task A_question_that_cannot_be_asked_is_refused_where_it_is_wrong(string rule, string pointer)
    {
        var refused = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/segments/preview", new { rule = JsonElement.Parse(rule) }));

        Assert.That((refused.Status, refused.Pointers.Single()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, pointer)));
    }

    [Test]
    public async Task Time_is_followed_while_a_rule_asks_for_it()
    {
        await acme.BuiltAsync(Shop.Austrians);
        var before = await JobsAsync();

        await acme.BuiltAsync(new { events = new { name = "product_viewed", within_hours = 2 } });

        Assert.That((before, await JobsAsync()), Is.EqualTo((0, 1)));
    }

    private Task<object> TrackAsync(object body) => acme.CreateAsync<object>("/v1/track", body);

    private Task<object> OrderAsync(Id<Customer> customerId, string sku, int quantity) => acme.CreateAsync<object>("/v1/orders", new
    {
        customer_id = customerId, placed_at = now.AddDays(-1), lines = new[] { new { sku, name = "Tea", quantity, unit_price_minor = 500 } },
    });

    private async Task<JsonElement> SeenAsync(Segment segment, Id<Customer> customerId) =>
        (await acme.GetAsync<JsonElement>($"/v1/segments/{segment.Id}/members/{customerId}/explanation")).GetProperty("rule").GetProperty("seen");

    private async Task<int> JobsAsync() => (await acme.GetAsync<JsonElement>("/v1/jobs?filter[kind][eq]=follow_time")).GetProperty("data").GetArrayLength();
}
