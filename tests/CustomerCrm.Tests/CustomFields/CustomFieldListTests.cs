using System.Net;

namespace CustomerCrm.Tests.CustomFields;

public class CustomFieldListTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        await acme.FieldAsync("score", "number");
        await acme.FieldAsync("motto", "text");
        await acme.FieldAsync("renews_on", "date");
        await acme.FieldAsync("is_vip", "boolean");
        await acme.ChoiceAsync("tier", "gold", "silver");
    }

    [TestCase("score][eq]=2", "Two")]
    [TestCase("score][eq]=2.0", "Two")]
    [TestCase("score][in]=2,-1.5", "Minus Two")]
    [TestCase("score][gte]=2", "Two Ten")]
    [TestCase("score][gt]=2", "Ten")]
    [TestCase("score][lte]=2", "Minus Two")]
    [TestCase("score][lt]=2", "Minus")]
    [TestCase("score][is_set]=true", "Minus Two Ten")]
    [TestCase("score][is_set]=false", "None")]
    [TestCase("motto][eq]=carpe diem", "Two")]
    [TestCase("motto][eq]=Carpe diem", "")]
    [TestCase("motto][starts_with]=CARPE", "Two Ten")]
    [TestCase("motto][in]=carpe noctem,x", "Ten")]
    [TestCase("renews_on][lt]=2030-01-01", "Minus")]
    [TestCase("renews_on][gte]=2030-01-01", "Ten")]
    [TestCase("is_vip][eq]=false", "Minus")]
    [TestCase("tier][in]=gold,silver", "Minus Ten")]
    public async Task A_filter_finds_those_who_have_such_a_value(string filter, string names)
    {
        await SomeAsync();

        var found = await acme.NamesAsync($"sort=created_at&filter[custom_fields.{filter}");

        Assert.That(string.Join(' ', found), Is.EqualTo(names));
    }

    [Test]
    public async Task Filters_go_together_and_with_a_search()
    {
        await SomeAsync();

        Assert.That(await acme.NamesAsync("filter[custom_fields.score][gte]=0&filter[custom_fields.motto][starts_with]=carpe&filter[name][starts_with]=t&filter[custom_fields.score][lt]=10"), Is.EqualTo(new[] { "Two" }));
        Assert.That(await acme.NamesAsync("q=ten&filter[custom_fields.score][gte]=0"), Is.EqualTo(new[] { "Ten" }));
        Assert.That(await acme.NamesAsync("q=ten&sort=custom_fields.score"), Is.EqualTo(new[] { "Ten" }));
    }

    [TestCase("sort=custom_fields.score", "Minus Two Ten None")]
    [TestCase("sort=-custom_fields.score", "Ten Two Minus None")]
    [TestCase("sort=custom_fields.renews_on", "Minus Ten")]
    public async Task An_order_by_a_field_puts_those_without_a_value_last(string sort, string first)
    {
        await SomeAsync();

        Assert.That(string.Join(' ', await acme.NamesAsync(sort)), Does.StartWith(first));
        Assert.That(await acme.NamesAsync(sort), Has.Count.EqualTo(4));
    }

    [TestCase(1)]
    [TestCase(7)]
    public async Task Pages_by_a_field_meet_everyone_once(int limit)
    {
        for (var n = 0; n < 40; n++) await acme.CustomerAsync($"C{n}", n % 4 == 3 ? new { } : new { score = n % 4 });

        var forward = await acme.NamesAsync("sort=custom_fields.score", limit);
        var backward = await acme.NamesAsync("sort=-custom_fields.score", limit);

        Assert.That(forward, Is.EquivalentTo(Enumerable.Range(0, 40).Select(n => $"C{n}")));
        Assert.That(forward, Is.EqualTo(await acme.NamesAsync("sort=custom_fields.score", 100)));
        Assert.That(forward.Take(30).Reverse(), Is.EqualTo(backward.Take(30)));
        Assert.That(backward, Is.EquivalentTo(forward));
    }

    [TestCase("filter[custom_fields.nothing][eq]=1")]
    [TestCase("filter[custom_fields.score][starts_with]=1")]
    [TestCase("filter[custom_fields.score][eq]=many")]
    [TestCase("filter[custom_fields.score][eq]=1e99")]
    [TestCase("filter[custom_fields.score][eq]=2.0000004")]
    [TestCase("filter[custom_fields.score][gt]=1e-300")]
    [TestCase("filter[custom_fields.score]=1")]
    [TestCase("filter[custom_fields.score][eq][x]=1")]
    [TestCase("filter[custom_fields.renews_on][eq]=2030-02-30")]
    [TestCase("filter[custom_fields.tier][eq]=lead")]
    [TestCase("filter[custom_fields.is_vip][gte]=true")]
    [TestCase("sort=custom_fields.nothing")]
    [TestCase("sort=--custom_fields.score")]
    [TestCase("sort=custom_fields.")]
    public async Task What_a_field_cannot_be_asked_is_refused(string query)
    {
        var problem = await Problem.OfAsync(await acme.Http.GetAsync($"/v1/customers?{query}"));

        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.BadRequest, "query_invalid")));
    }

    [Test]
    public async Task A_list_without_own_fields_still_knows_no_such_filter()
    {
        var problem = await Problem.OfAsync(await acme.Http.GetAsync("/v1/segments?filter[custom_fields.score][eq]=1"));

        Assert.That(problem.Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private async Task SomeAsync()
    {
        await acme.CustomerAsync("Minus", new { score = -1.5, renews_on = "2029-12-31", is_vip = false, tier = "silver" });
        await acme.CustomerAsync("Two", new { score = 2, motto = "carpe diem" });
        await acme.CustomerAsync("Ten", new { score = 10, motto = "carpe noctem", renews_on = "2030-06-30", is_vip = true, tier = "gold" });
        await acme.CustomerAsync("None", new { });
    }
}
