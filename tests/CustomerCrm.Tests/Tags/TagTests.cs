using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tags;
using CustomerCrm.Tests.CustomFields;

namespace CustomerCrm.Tests.Tags;

public class TagTests
{
    private TestTenant acme = null!;
    private string ana = null!, bo = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        (ana, bo) = ((await acme.CustomerAsync("Ana", new { })).Id(), (await acme.CustomerAsync("Bo", new { })).Id());
    }

    [Test]
    public async Task Tags_are_made_when_they_are_put_on_and_putting_them_on_again_changes_nothing()
    {
        var first = await PutAsync(ana, "VIP", "wholesale");
        var second = await PutAsync(ana, "vip", "Late payer", "LATE PAYER");

        Assert.That((first.Added, first.AlreadyThere, second.Added, second.AlreadyThere), Is.EqualTo((2, 0, 1, 1)));
        Assert.That(await TagsOfAsync(ana), Is.EqualTo(new[] { "Late payer", "VIP", "wholesale" }).Or.EqualTo(new[] { "VIP", "Late payer", "wholesale" }));
        var listed = (await acme.GetAsync<JsonElement>("/v1/tags")).GetProperty("data").EnumerateArray().Select(tag => (tag.GetProperty("name").GetString(), tag.GetProperty("customer_count").GetInt32()));
        Assert.That(listed, Is.EqualTo(new[] { ("Late payer", 1), ("VIP", 1), ("wholesale", 1) }));
        Assert.That(await EventsAsync("customer.tagged"), Is.EqualTo(3));
    }

    [Test]
    public async Task Taking_a_tag_off_twice_is_like_once()
    {
        await PutAsync(ana, "VIP");
        var tag = await TagAsync("VIP");

        var first = await acme.Http.DeleteAsync($"/v1/customers/{ana}/tags/{tag.Id}");
        var second = await acme.Http.DeleteAsync($"/v1/customers/{ana}/tags/{tag.Id}");

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NoContent)));
        Assert.That(await TagsOfAsync(ana), Is.Empty);
        Assert.That(await EventsAsync("customer.untagged"), Is.EqualTo(1));
    }

    [Test]
    public async Task Customers_are_filtered_by_their_tags()
    {
        await PutAsync(ana, "VIP", "wholesale");
        await PutAsync(bo, "Retail");

        Assert.That(await acme.NamesAsync("filter[tag][eq]=vip"), Is.EqualTo(new[] { "Ana" }));
        Assert.That(await acme.NamesAsync("filter[tag][in]=retail,wholesale&sort=name"), Is.EqualTo(new[] { "Ana", "Bo" }));
        Assert.That(await acme.NamesAsync("filter[tag][eq]=nobodys"), Is.Empty);
        Assert.That(await acme.NamesAsync("filter[tag][eq]=vip&filter[tag][in]=retail"), Is.Empty);
        Assert.That(await acme.NamesAsync("q=ana&filter[tag][eq]=vip"), Is.EqualTo(new[] { "Ana" }));
    }

    [Test]
    public async Task Many_customers_are_tagged_at_once()
    {
        await PutAsync(bo, "VIP");
        var tag = await TagAsync("VIP");

        var answer = await acme.CreateAsync<TagCustomers.Answer>($"/v1/tags/{tag.Id}/customers", new { add = new[] { ana, ana }, remove = new[] { bo } });
        var unknown = await Problem.OfAsync(await acme.Http.PostAsJsonAsync($"/v1/tags/{tag.Id}/customers", new { add = new[] { bo, "cus_01hpv7x5k8e2mv9q3tq5y6n7r4" } }));

        Assert.That((answer.Added, answer.Removed), Is.EqualTo((1, 1)));
        Assert.That(unknown.Pointers, Is.EqualTo(new[] { "/add/1" }));
        Assert.That(await acme.NamesAsync("filter[tag][eq]=vip"), Is.EqualTo(new[] { "Ana" }));
    }

    [Test]
    public async Task A_tag_is_renamed_for_all_that_have_it()
    {
        await PutAsync(ana, "VIP", "other");
        var tag = await TagAsync("VIP");

        var renamed = await TestTenant.ReadAsync<Tag>(await acme.PatchAsync($"/v1/tags/{tag.Id}", new { name = "Key account" }));
        var taken = await Problem.OfAsync(await acme.PatchAsync($"/v1/tags/{tag.Id}", new { name = "OTHER" }));

        Assert.That((renamed.Name, renamed.Revision, renamed.CustomerCount), Is.EqualTo(("Key account", 2, 1)));
        Assert.That((taken.Status, taken.Code), Is.EqualTo((HttpStatusCode.Conflict, "tag_exists")));
        Assert.That(await acme.NamesAsync("filter[tag][eq]=key account"), Is.EqualTo(new[] { "Ana" }));
        Assert.That(await acme.NamesAsync("filter[tag][eq]=vip"), Is.Empty);
    }

    [Test]
    public async Task A_merged_tag_is_gone_and_the_other_is_on_all_that_had_it()
    {
        await PutAsync(ana, "VIP", "Key account");
        await PutAsync(bo, "VIP");
        var (vip, key) = (await TagAsync("VIP"), await TagAsync("Key account"));
        var segment = (await acme.CreateAsync<JsonElement>("/v1/segments", new { name = "Key", kind = "dynamic", rule = new { field = "tag", op = "in", value = new[] { "key account" } } })).Id();
        await TestApi.RunJobsAsync();

        var stays = await acme.CreateAsync<Tag>($"/v1/tags/{vip.Id}/merge", new { into_tag_id = key.Id });
        var into = await Problem.OfAsync(await acme.Http.PostAsJsonAsync($"/v1/tags/{key.Id}/merge", new { into_tag_id = vip.Id }));
        await TestApi.RunJobsAsync();

        Assert.That(stays.Id, Is.EqualTo(key.Id));
        Assert.That(into.Pointers, Is.EqualTo(new[] { "/into_tag_id" }));
        Assert.That((await TagAsync("Key account")).CustomerCount, Is.EqualTo(2));
        Assert.That((await TagsOfAsync(ana)).Concat(await TagsOfAsync(bo)), Is.EqualTo(new[] { "Key account", "Key account" }));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/segments/{segment}/members")).GetProperty("data").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_tag_that_a_rule_asks_for_is_neither_renamed_nor_merged_nor_deleted()
    {
        await PutAsync(ana, "VIP", "other");
        var (vip, other) = (await TagAsync("VIP"), await TagAsync("other"));
        var segment = (await acme.CreateAsync<JsonElement>("/v1/segments", new { name = "V", kind = "dynamic", rule = new { any = new object[] { new { field = "tag", op = "eq", value = "vip" } } } })).Id();

        HttpResponseMessage[] refused =
        [
            await acme.PatchAsync($"/v1/tags/{vip.Id}", new { name = "Key" }),
            await acme.Http.PostAsJsonAsync($"/v1/tags/{vip.Id}/merge", new { into_tag_id = other.Id.ToString() }),
            await acme.Http.DeleteAsync($"/v1/tags/{vip.Id}"),
        ];

        foreach (var response in refused)
        {
            var problem = await Problem.OfAsync(response);
            Assert.That((problem.Code, problem.Document.GetProperty("segment_ids")[0].GetString()), Is.EqualTo(("tag_in_use", segment)));
        }
        Assert.That((await acme.PatchAsync($"/v1/tags/{vip.Id}", new { name = "Vip" })).StatusCode, Is.EqualTo(HttpStatusCode.OK), "Its case does not matter to the rule.");
    }

    [Test]
    public async Task A_deleted_tag_is_off_everything_and_its_name_is_free_at_once()
    {
        await PutAsync(ana, "VIP");
        var tag = await TagAsync("VIP");

        await acme.Http.DeleteAsync($"/v1/tags/{tag.Id}");
        var tagsAtOnce = await TagsOfAsync(ana);
        await PutAsync(bo, "VIP");
        await TestApi.RunJobsAsync();

        Assert.That(tagsAtOnce, Is.Empty);
        Assert.That(await acme.NamesAsync("filter[tag][eq]=vip"), Is.EqualTo(new[] { "Bo" }));
        Assert.That((await acme.Http.GetAsync($"/v1/tags/{tag.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Customers_enter_a_segment_that_asks_for_the_new_name_of_their_tag()
    {
        var segment = (await acme.CreateAsync<JsonElement>("/v1/segments", new { name = "W", kind = "dynamic", rule = new { field = "tag", op = "eq", value = "wanted" } })).Id();
        var tag = (await acme.CreateAsync<JsonElement>("/v1/tags", new { name = "old" })).Id();
        var customer = (await acme.CreateAsync<JsonElement>("/v1/customers", new { name = "Ada" })).Id();
        await acme.Http.PostAsJsonAsync($"/v1/customers/{customer}/tags", new { names = new[] { "old" } });
        await TestApi.RunJobsAsync();

        await acme.Http.PatchAsJsonAsync($"/v1/tags/{tag}", new { name = "wanted" });
        await TestApi.RunJobsAsync();

        Assert.That(await MembersAsync(segment), Is.EqualTo(1));
    }

    [Test]
    public async Task Customers_enter_a_segment_when_they_are_tagged_and_leave_it_when_they_are_not()
    {
        var segment = (await acme.CreateAsync<JsonElement>("/v1/segments", new { name = "V", kind = "dynamic", rule = new { field = "tag", op = "eq", value = "VIP" } })).Id();
        await TestApi.RunJobsAsync();

        await PutAsync(ana, "vip");
        await TestApi.RunJobsAsync();
        var entered = await MembersAsync(segment);
        await acme.Http.DeleteAsync($"/v1/customers/{ana}/tags/{(await TagAsync("vip")).Id}");
        await TestApi.RunJobsAsync();

        Assert.That((entered, await MembersAsync(segment)), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Orders_have_tags_too()
    {
        var order = (await acme.CreateAsync<JsonElement>("/v1/orders", new { customer_id = ana, lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } })).Id();

        await acme.CreateAsync<TagsPut>($"/v1/orders/{order}/tags", new { names = new[] { "Gift" } });

        Assert.That((await acme.GetAsync<JsonElement>("/v1/orders?filter[tag][eq]=gift")).GetProperty("data")[0].Id(), Is.EqualTo(order));
        Assert.That((await TagAsync("gift")).OrderCount, Is.EqualTo(1));
    }

    [TestCase("")]
    [TestCase(" VIP")]
    [TestCase("a,b")]
    [TestCase("a\u0009b")]
    public async Task A_name_that_is_no_name_is_refused(string name)
    {
        var problem = await Problem.OfAsync(await acme.Http.PostAsJsonAsync($"/v1/customers/{ana}/tags", new { names = new[] { "fine", name } }));

        Assert.That((problem.Status, problem.Pointers), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "/names/1" })));
    }

    [Test]
    public async Task A_customer_has_a_hundred_tags_and_not_one_more()
    {
        await PutAsync(ana, [.. Enumerable.Range(1, 99).Select(n => $"t{n}")]);
        await PutAsync(ana, "t1", "t100");

        var over = await Problem.OfAsync(await acme.Http.PostAsJsonAsync($"/v1/customers/{ana}/tags", new { names = new[] { "t101" } }));

        Assert.That((over.Status, over.Code), Is.EqualTo((HttpStatusCode.Conflict, "too_many_tags")));
    }

    [Test]
    public async Task Fifty_who_put_on_the_same_new_tag_make_one_tag()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => acme.Http.PostAsJsonAsync($"/v1/customers/{(n % 2 == 0 ? ana : bo)}/tags", new { names = new[] { "rush" } })));

        Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That((await TagAsync("rush")).CustomerCount, Is.EqualTo(2));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/tags")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    private Task<TagsPut> PutAsync(string customer, params string[] names) => acme.CreateAsync<TagsPut>($"/v1/customers/{customer}/tags", new { names });

    private async Task<Tag> TagAsync(string name) =>
        JsonSerializer.Deserialize<Tag>((await acme.GetAsync<JsonElement>($"/v1/tags?filter[name][starts_with]={name}")).GetProperty("data")[0], CustomerCrm.Platform.Json.StrictJson.Options)!;

    private async Task<string[]> TagsOfAsync(string customer) =>
        [.. (await acme.GetAsync<JsonElement>($"/v1/customers/{customer}/tags")).GetProperty("data").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()!)];

    private async Task<int> MembersAsync(string segment) => (await acme.GetAsync<JsonElement>($"/v1/segments/{segment}/members")).GetProperty("data").GetArrayLength();

    private async Task<int> EventsAsync(string type) =>
        (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Count(e => e.GetProperty("type").GetString() == type);
}
