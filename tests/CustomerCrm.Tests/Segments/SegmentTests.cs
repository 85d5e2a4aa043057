using System.Net;
using System.Net.Http.Json;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Segments;

namespace CustomerCrm.Tests.Segments;

public class SegmentTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task StartAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task Members_are_put_into_a_static_segment_and_taken_out_by_hand()
    {
        var (ada, bob) = (await acme.CustomerAsync("Ada"), await acme.CustomerAsync("Bob"));
        var segment = await acme.CreateAsync<Segment>("/v1/segments", new { name = "Friends", kind = "static" });

        var first = await acme.CreateAsync<AddMembers.Answer>($"/v1/segments/{segment.Id}/members", new { customer_ids = new[] { ada, ada } });
        var second = await acme.CreateAsync<AddMembers.Answer>($"/v1/segments/{segment.Id}/members", new { customer_ids = new[] { ada, bob } });
        var removed = await acme.Http.DeleteAsync($"/v1/segments/{segment.Id}/members/{ada}");
        var removedAgain = await acme.Http.DeleteAsync($"/v1/segments/{segment.Id}/members/{ada}");
        var left = await acme.GetAsync<Segment>($"/v1/segments/{segment.Id}");

        Assert.That((first.Added, first.AlreadyMembers, second.Added, second.AlreadyMembers), Is.EqualTo((1, 0, 1, 1)));
        Assert.That((removed.StatusCode, removedAgain.StatusCode), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NotFound)));
        Assert.That((left.Status, left.Size), Is.EqualTo((SegmentStatus.Ready, 1)));
        Assert.That(await acme.MembersAsync(segment.Id), Is.EqualTo(new[] { "Bob" }));
        Assert.That(await acme.SegmentEventsAsync(), Is.EqualTo(new[] { "segment.created", "segment.entered", "segment.entered", "segment.left" }));
    }

    [Test]
    public async Task If_one_customer_is_unknown_nobody_is_added()
    {
        var ada = await acme.CustomerAsync("Ada");
        var stranger = await (await TestTenant.NewAsync()).CustomerAsync("Eve");
        var segment = await acme.CreateAsync<Segment>("/v1/segments", new { name = "Friends", kind = "static" });

        var response = await acme.Http.PostAsJsonAsync($"/v1/segments/{segment.Id}/members", new { customer_ids = new[] { ada, stranger } }, StrictJson.Options);

        Assert.That((await Problem.OfAsync(response)).Pointers, Is.EqualTo(new[] { "/customer_ids/1" }));
        Assert.That(await acme.MembersAsync(segment.Id), Is.Empty);
    }

    [Test]
    public async Task Nobody_is_put_into_a_dynamic_segment_by_hand()
    {
        var ada = await acme.CustomerAsync("Ada");
        var segment = await acme.SegmentAsync(Shop.Austrians);

        var put = await acme.Http.PostAsJsonAsync($"/v1/segments/{segment.Id}/members", new { customer_ids = new[] { ada } }, StrictJson.Options);
        var taken = await acme.Http.DeleteAsync($"/v1/segments/{segment.Id}/members/{ada}");

        Assert.That((await Problem.OfAsync(put)).Code, Is.EqualTo("segment_is_dynamic"));
        Assert.That((await Problem.OfAsync(taken)).Code, Is.EqualTo("segment_is_dynamic"));
    }

    private static IEnumerable<TestCaseData> WrongRules()
    {
        yield return Wrong("/rule", new { }).SetArgDisplayNames("empty");
        yield return Wrong("/rule", new { field = "country", op = "eq", value = "AT", all = new[] { Shop.Austrians } }).SetArgDisplayNames("two forms");
        yield return Wrong("/rule/field", new { field = "shoe_size", op = "eq", value = 43 }).SetArgDisplayNames("unknown field");
        yield return Wrong("/rule/all/1/op", new { all = new object[] { Shop.Austrians, new { field = "order_count", op = "contains", value = 3 } } }).SetArgDisplayNames("unknown op");
        yield return Wrong("/rule/not/value", new { not = new { field = "order_count", op = "gte", value = "3" } }).SetArgDisplayNames("text for a number");
        yield return Wrong("/rule/value", new { field = "country", op = "in", value = new object[] { "AT", 3 } }).SetArgDisplayNames("a number among texts");
        yield return Wrong("/rule/value", new { field = "rfm_group", op = "eq", value = "kings" }).SetArgDisplayNames("no such choice");
        yield return Wrong("/rule/value", new { field = "last_order_at", op = "within_days", value = 0 }).SetArgDisplayNames("no days");
        yield return Wrong("/rule/value", new { field = "created_at", op = "gte", value = "2030-01-15" }).SetArgDisplayNames("a day for a time");
        yield return Wrong("/rule/any", new { any = Array.Empty<object>() }).SetArgDisplayNames("none of any");
        yield return Wrong("/rule/all/0", new { all = new object?[] { null } }).SetArgDisplayNames("null in all");
        yield return Wrong("/rule/orders/count", new { orders = new { count = new { gt = 3, lt = 4 } } }).SetArgDisplayNames("empty bounds");
        yield return Wrong("/rule/orders/within_days", new { orders = new { within_days = 9, to = "2030-01-15T00:00:00Z" } }).SetArgDisplayNames("two spans");
        yield return Wrong("/rule", Enumerable.Range(0, 6).Aggregate(Shop.Austrians, (rule, _) => new { not = rule })).SetArgDisplayNames("too deep");
        yield return Wrong("/rule", new { any = Enumerable.Repeat(new { all = Enumerable.Repeat(Shop.Austrians, 8) }, 4) }).SetArgDisplayNames("too many tests");
        yield return Wrong("/rule", new { any = Enumerable.Repeat(new { field = "order_count", op = "in", value = Enumerable.Range(1, 50) }, 11) }).SetArgDisplayNames("too many values");

        static TestCaseData Wrong(string pointer, object rule) => new(pointer, rule);
    }

    [TestCaseSource(nameof(WrongRules))]
    public async Task A_rule_that_cannot_be_is_refused_where_it_is_wrong(string pointer, object rule)
    {
        var created = await acme.Http.PostAsJsonAsync("/v1/segments", new { name = "Wrong", kind = "dynamic", rule }, StrictJson.Options);
        var previewed = await acme.Http.PostAsJsonAsync("/v1/segments/preview", new { rule }, StrictJson.Options);

        foreach (var response in new[] { created, previewed })
        {
            var problem = await Problem.OfAsync(response);
            Assert.That((problem.Status, problem.Pointers), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { pointer })), problem.Document.ToString());
        }
    }

    [Test]
    public async Task An_unknown_field_is_answered_with_those_there_are()
    {
        var response = await acme.Http.PostAsJsonAsync("/v1/segments/preview", new { rule = new { field = "shoe_size", op = "eq", value = 43 } }, StrictJson.Options);

        Assert.That((await Problem.OfAsync(response)).Document.ToString(), Does.Contain("unknown_field").And.Contain("order_count").And.Contain("probability_alive"));
    }

    [Test]
    public async Task A_membership_is_explained_node_by_node()
    {
        var ada = await acme.CustomerAsync("Ada", "AT");
        await acme.OrderAsync(ada, daysAgo: 3, minor: 700);
        var segment = await acme.BuiltAsync(new { all = new[] { Shop.Austrians, new { not = Shop.Regulars } } });

        var explained = await acme.GetAsync<ExplainMember.Explanation>($"/v1/segments/{segment.Id}/members/{ada}/explanation");

        Assert.That((explained.IsMember, explained.Matches, explained.Rule!.Kind, explained.Rule.Result), Is.EqualTo((true, true, "all", true)));
        var (country, not) = (explained.Rule.Parts[0], explained.Rule.Parts[1]);
        Assert.That((country.Kind, country.Test!.Field, country.Seen!.ToString(), country.Result), Is.EqualTo(("field", "country", "AT", true)));
        Assert.That((not.Kind, not.Result, not.Parts[0].Kind, not.Parts[0].Result), Is.EqualTo(("not", true, "orders", false)));
        Assert.That(not.Parts[0].Seen!.ToString(), Is.EqualTo("""{"count":1,"spend_minor":700}"""));
    }

    [Test]
    public async Task A_test_of_some_channels_is_explained_too()
    {
        var ada = await acme.CustomerAsync("Ada");
        var segment = await acme.BuiltAsync(new { interactions = new { channels = new[] { "phone", "chat" }, count = new { eq = 0 } } });

        var explained = await acme.GetAsync<ExplainMember.Explanation>($"/v1/segments/{segment.Id}/members/{ada}/explanation");

        Assert.That((explained.IsMember, explained.Matches, explained.Rule!.Kind, explained.Rule.Result), Is.EqualTo((true, true, "interactions", true)));
    }

    [Test]
    public async Task Half_a_character_in_a_value_is_refused_where_it_stands()
    {
        using var body = new StringContent("""{"rule":{"all":[{"field":"city","op":"eq","value":["\ud800"]}]}}""", System.Text.Encoding.UTF8, "application/json");

        var problem = await Problem.OfAsync(await acme.Http.PostAsync("/v1/segments/preview", body));

        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.BadRequest, "body_malformed")));
        Assert.That(problem.Pointers, Is.EqualTo(new[] { "/rule/all/0/value" }));
    }

    [Test]
    public async Task Who_is_no_member_hears_why_not()
    {
        var bob = await acme.CustomerAsync("Bob");
        var segment = await acme.BuiltAsync(Shop.Austrians);
        var byHand = await acme.CreateAsync<Segment>("/v1/segments", new { name = "Friends", kind = "static" });

        var explained = await acme.GetAsync<ExplainMember.Explanation>($"/v1/segments/{segment.Id}/members/{bob}/explanation");
        var ofStatic = await acme.GetAsync<ExplainMember.Explanation>($"/v1/segments/{byHand.Id}/members/{bob}/explanation");

        Assert.That((explained.IsMember, explained.Matches, explained.JoinedAt, explained.Rule!.Seen), Is.EqualTo((false, false, (DateTimeOffset?)null, (object?)null)));
        Assert.That((ofStatic.IsMember, ofStatic.Matches, ofStatic.Rule), Is.EqualTo((false, (bool?)null, (CustomerCrm.Segments.Rules.ExplainedRule?)null)));
    }

    [Test]
    public async Task Another_tenants_customers_are_never_members_nor_explained()
    {
        var other = await TestTenant.NewAsync();
        var eve = await other.CustomerAsync("Eve", "AT");
        await acme.CustomerAsync("Ada", "AT");

        var segment = await acme.BuiltAsync(Shop.Austrians);
        var preview = await acme.CreateAsync<PreviewSegment.Answer>("/v1/segments/preview", new { rule = Shop.Austrians });
        var explained = await acme.Http.GetAsync($"/v1/segments/{segment.Id}/members/{eve}/explanation");
        var foreign = await other.Http.GetAsync($"/v1/segments/{segment.Id}");
        var foreignMembers = await other.Http.GetAsync($"/v1/segments/{segment.Id}/members");
        var ofEve = await acme.Http.GetAsync($"/v1/customers/{eve}/segments");

        Assert.That(await acme.MembersAsync(segment.Id), Is.EqualTo(new[] { "Ada" }));
        Assert.That((preview.Size, preview.Sample.Single().Name), Is.EqualTo((1, "Ada")));
        Assert.That(new[] { explained, foreign, foreignMembers, ofEve }.Select(r => r.StatusCode), Is.All.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Segments_are_listed_and_filtered()
    {
        await acme.SegmentAsync(Shop.Austrians, "Alps");
        await acme.CreateAsync<Segment>("/v1/segments", new { name = "Friends", kind = "static" });

        var all = await acme.GetAsync<Page<Segment>>("/v1/segments?sort=name");
        var ofHand = await acme.GetAsync<Page<Segment>>("/v1/segments?filter[kind][eq]=static");

        Assert.That(all.Data.Select(s => s.Name), Is.EqualTo(new[] { "Alps", "Friends" }));
        Assert.That(ofHand.Data.Select(s => s.Name), Is.EqualTo(new[] { "Friends" }));
    }

    [Test]
    public async Task A_static_segment_takes_no_rule_and_a_dynamic_one_needs_it()
    {
        var ruled = await acme.Http.PostAsJsonAsync("/v1/segments", new { name = "A", kind = "static", rule = Shop.Austrians }, StrictJson.Options);
        var ruleless = await acme.Http.PostAsJsonAsync("/v1/segments", new { name = "A", kind = "dynamic" }, StrictJson.Options);

        Assert.That((await Problem.OfAsync(ruled)).Pointers, Is.EqualTo(new[] { "/rule" }));
        Assert.That((await Problem.OfAsync(ruleless)).Pointers, Is.EqualTo(new[] { "/rule" }));
    }
}
