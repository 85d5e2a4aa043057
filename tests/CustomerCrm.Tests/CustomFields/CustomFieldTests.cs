using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.CustomFields;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tests.CustomFields;

public class CustomFieldTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task SetUp() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_field_that_was_created_is_shown_and_listed()
    {
        var created = await acme.ChoiceAsync("loyalty_tier", "gold", "silver");

        var shown = await acme.GetAsync<CustomField>($"/v1/custom_fields/{created.Id}");
        var listed = await acme.GetAsync<Page<CustomField>>("/v1/custom_fields?filter[resource][eq]=customers&filter[type][in]=choice,text&sort=name");

        Assert.That(shown, Is.EqualTo(created));
        Assert.That(listed.Data, Is.EqualTo(new[] { created }));
        Assert.That(shown.Options!.Select(option => (option.Name, option.Label, option.IsRetired)), Is.EqualTo(new[] { ("gold", "gold", false), ("silver", "silver", false) }));
    }

    [Test]
    public async Task Money_is_of_the_tenants_currency_unless_it_says_otherwise()
    {
        var plain = await acme.FieldAsync("budget", "money");
        var foreign = await acme.CreateAsync<CustomField>("/v1/custom_fields", new { resource = "orders", name = "budget", label = "Budget", type = "money", currency = "USD" });

        Assert.That((plain.Currency, foreign.Currency), Is.EqualTo(("EUR", "USD")));
    }

    [TestCase("""{"resource":"customers","name":"Tier","label":"Tier","type":"text"}""", "/name")]
    [TestCase("""{"resource":"customers","name":"1st","label":"Tier","type":"text"}""", "/name")]
    [TestCase("""{"resource":"customers","name":"tier","type":"text"}""", "/label")]
    [TestCase("""{"resource":"customers","name":"tier","label":"Tier","type":"choice"}""", "/options")]
    [TestCase("""{"resource":"customers","name":"tier","label":"Tier","type":"text","options":[{"name":"a"}]}""", "/options")]
    [TestCase("""{"resource":"customers","name":"tier","label":"Tier","type":"choice","options":[{"name":"a"},{"name":"a"}]}""", "/options/1/name")]
    [TestCase("""{"resource":"customers","name":"tier","label":"Tier","type":"choice","options":[{"name":"a,b"}]}""", "/options/0/name")]
    [TestCase("""{"resource":"customers","name":"tier","label":"Tier","type":"reference"}""", "/references_to")]
    [TestCase("""{"resource":"customers","name":"tier","label":"Tier","type":"number","currency":"EUR"}""", "/currency")]
    public async Task A_definition_that_makes_no_sense_is_refused_where_it_is_wrong(string body, string pointer)
    {
        var problem = await Problem.OfAsync(await acme.Http.PostAsync("/v1/custom_fields", new StringContent(body, System.Text.Encoding.UTF8, "application/json")));

        Assert.That((problem.Status, problem.Pointers), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { pointer })));
    }

    [Test]
    public async Task A_name_is_taken_once_for_each_resource()
    {
        await acme.FieldAsync("tier", "text");
        await acme.FieldAsync("tier", "number", "orders");

        var again = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/custom_fields", new { resource = "customers", name = "tier", label = "Tier", type = "text" }));

        Assert.That((again.Status, again.Code), Is.EqualTo((HttpStatusCode.Conflict, "custom_field_exists")));
    }

    [Test]
    public async Task A_resource_has_two_hundred_fields_and_no_more()
    {
        for (var n = 1; n <= 199; n++) await acme.FieldAsync($"field_{n}", "text");
        var last = Enumerable.Range(200, 5).Select(n => acme.Http.PostAsJsonAsync("/v1/custom_fields", new { resource = "customers", name = $"field_{n}", label = "L", type = "text" }));

        var answers = await Task.WhenAll(last);

        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
        var refused = await Problem.OfAsync(answers.First(a => a.StatusCode != HttpStatusCode.Created));
        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.Conflict, "too_many_custom_fields")));
        await acme.FieldAsync("field_1", "text", "orders");
    }

    [Test]
    public async Task A_label_changes_freely_and_the_type_not_at_all()
    {
        var field = await acme.FieldAsync("tier", "text");

        var changed = await TestTenant.ReadAsync<CustomField>(await acme.PatchAsync($"/v1/custom_fields/{field.Id}", new { label = "Tier of loyalty", description = "By spend" }));
        var type = await Problem.OfAsync(await acme.PatchAsync($"/v1/custom_fields/{field.Id}", new { type = "number" }));

        Assert.That((changed.Label, changed.Description, changed.Revision), Is.EqualTo(("Tier of loyalty", "By spend", 2)));
        Assert.That(type.Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task A_change_of_what_somebody_else_changed_is_refused()
    {
        var field = await acme.FieldAsync("tier", "text");
        await acme.PatchAsync($"/v1/custom_fields/{field.Id}", new { label = "First" });

        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/custom_fields/{field.Id}") { Content = JsonContent.Create(new { label = "Second" }) };
        request.Headers.TryAddWithoutValidation("If-Match", "\"r1\"");
        var late = await Problem.OfAsync(await acme.Http.SendAsync(request));

        Assert.That(late.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
    }

    [Test]
    public async Task A_retired_option_stays_with_who_has_it_and_is_given_to_nobody_else()
    {
        var field = await acme.ChoiceAsync("tier", "gold", "silver");
        var had = await acme.CustomerAsync("Had", new { tier = "gold" });
        var others = await acme.CustomerAsync("Others", new { });

        var changed = await TestTenant.ReadAsync<CustomField>(await acme.PatchAsync($"/v1/custom_fields/{field.Id}", new { options = new[] { new { name = "bronze" }, new { name = "silver" } } }));

        Assert.That(changed.Options!.Select(o => (o.Name, o.IsRetired)), Is.EqualTo(new[] { ("bronze", false), ("silver", false), ("gold", true) }));
        Assert.That((await acme.PatchAsync($"/v1/customers/{had.Id()}", new { city = "Graz", custom_fields = new { tier = "gold" } })).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var given = await Problem.OfAsync(await acme.PatchAsync($"/v1/customers/{others.Id()}", new { custom_fields = new { tier = "gold" } }));
        Assert.That((given.Status, given.Pointers), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "/custom_fields/tier" })));
        Assert.That(await acme.NamesAsync("filter[custom_fields.tier][eq]=gold"), Is.EqualTo(new[] { "Had" }));
    }

    [Test]
    public async Task A_deleted_field_takes_its_values_with_it_and_then_its_name_is_free()
    {
        var tier = await acme.FieldAsync("tier", "text");
        await acme.FieldAsync("other", "text");
        var both = await acme.CustomerAsync("Both", new { tier = "gold", other = "stays" });
        var one = await acme.CustomerAsync("One", new { tier = "gold" });

        HttpResponseMessage deleted = null!, tooSoon = null!;
        await TestApi.BeforeJobsRunAsync(async () =>
        {
            deleted = await acme.Http.DeleteAsync($"/v1/custom_fields/{tier.Id}");
            tooSoon = await acme.Http.PostAsJsonAsync("/v1/custom_fields", new { resource = "customers", name = "tier", label = "Tier", type = "number" });
        });
        var written = await Problem.OfAsync(await acme.PatchAsync($"/v1/customers/{one.Id()}", new { custom_fields = new { tier = "silver" } }));
        var asked = await Problem.OfAsync(await acme.Http.GetAsync("/v1/customers?filter[custom_fields.tier][eq]=gold"));
        await TestApi.RunJobsAsync();

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((written.Status, asked.Status, tooSoon.StatusCode), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest, HttpStatusCode.Conflict)));
        var (bothNow, oneNow) = (await acme.GetAsync<JsonElement>($"/v1/customers/{both.Id()}"), await acme.GetAsync<JsonElement>($"/v1/customers/{one.Id()}"));
        Assert.That((bothNow.Own(), oneNow.Own()), Is.EqualTo(("""{"other":"stays"}""", "{}")));
        Assert.That(oneNow.GetProperty("revision").GetInt32(), Is.EqualTo(2), "It shows something else, so its ETag is another.");
        await acme.FieldAsync("tier", "number");
        Assert.That(await acme.NamesAsync("filter[custom_fields.tier][is_set]=true"), Is.Empty);
    }
}
