using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerCrm.Tests.CustomFields;

/// <summary>Companies and products have fields of the tenant's own, a history and a place in the bin, as customers have.</summary>
[TestFixture("companies")]
[TestFixture("products")]
public class CatalogueFieldTests(string resource)
{
    private TestTenant acme = null!;

    private string Kind => resource == "companies" ? "company" : "product";

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        await acme.FieldAsync("score", "number", resource);
        await acme.FieldAsync("renews_on", "date", resource);
        await acme.FieldAsync("tier", "choice", resource, new[] { new { name = "gold" }, new { name = "silver" } });
        await acme.FieldAsync("sister", "reference", resource, referencesTo: resource);
    }

    [Test]
    public async Task Values_are_set_changed_and_cleared()
    {
        var made = await MakeAsync("Engines", new { score = 2, tier = "gold" });

        var changed = await TestTenant.ReadAsync<JsonElement>(await acme.PatchAsync($"/v1/{resource}/{made.Id()}", new { custom_fields = new { score = 3, tier = (string?)null } }));

        Assert.That(made.Own(), Is.EqualTo("""{"score":2,"tier":"gold"}"""));
        Assert.That(changed.Own(), Is.EqualTo("""{"score":3}"""));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/{resource}/{made.Id()}")).Own(), Is.EqualTo("""{"score":3}"""));
    }

    [Test]
    public async Task A_value_may_name_another_record_that_is_there()
    {
        var one = await MakeAsync("One", new { });

        var two = await MakeAsync("Two", new { sister = one.Id() });
        var refused = await Problem.OfAsync(await acme.Http.PostAsJsonAsync($"/v1/{resource}", new { name = "Three", custom_fields = new { sister = "cus_01hpv7x5k8e2mv9q3tq5y6n7r4" } }));

        Assert.That(two.GetProperty("custom_fields").GetProperty("sister").GetString(), Is.EqualTo(one.Id()));
        Assert.That(refused.Errors.Single().Pointer, Is.EqualTo("/custom_fields/sister"));
    }

    [Test]
    public async Task What_named_a_record_that_is_deleted_may_be_sent_back_as_it_was_read_and_is_given_to_nobody_else()
    {
        var one = await MakeAsync("One", new { });
        var (two, three) = (await MakeAsync("Two", new { sister = one.Id(), score = 2 }), await MakeAsync("Three", new { }));
        await acme.Http.DeleteAsync($"/v1/{resource}/{one.Id()}");
        var read = await acme.GetAsync<JsonElement>($"/v1/{resource}/{two.Id()}");

        var sentBack = await TestTenant.ReadAsync<JsonElement>(await acme.PatchAsync($"/v1/{resource}/{two.Id()}", new { description = "Steam", custom_fields = read.GetProperty("custom_fields") }));
        var refused = await Problem.OfAsync(await acme.PatchAsync($"/v1/{resource}/{three.Id()}", new { custom_fields = read.GetProperty("custom_fields") }));

        Assert.That((sentBack.Own(), sentBack.GetProperty("description").GetString()), Is.EqualTo((read.Own(), "Steam")));
        Assert.That(refused.Errors.Single(), Is.EqualTo(("/custom_fields/sister", "reference_unknown")));
    }

    [Test]
    public async Task A_late_statement_by_external_id_names_what_others_changed()
    {
        var path = $"/v1/{resource}/by-external-id/erp/1";
        await acme.Http.PutAsJsonAsync(path, new { name = "Engines" });
        await acme.Http.PutAsJsonAsync(path, new { description = "Steam", custom_fields = new { score = 3 } });

        using var late = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(new { name = "Motors", description = "Diesel" }) };
        late.Headers.TryAddWithoutValidation("If-Match", "\"r1\"");
        var conflict = await Problem.OfAsync(await acme.Http.SendAsync(late));

        Assert.That(conflict.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That(conflict.Document.GetProperty("changed_fields").EnumerateArray().Select(e => e.GetProperty("field").GetString()), Is.EquivalentTo(new[] { "description", "custom_fields.score" }));
        Assert.That(conflict.Document.GetProperty("overlapping_fields").EnumerateArray().Select(e => e.GetString()), Is.EqualTo(new[] { "description" }));
    }

    [Test]
    public async Task A_statement_by_external_id_takes_them_alone_and_among_others()
    {
        var put = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PutAsJsonAsync($"/v1/{resource}/by-external-id/erp/1", new { name = "One", custom_fields = new { score = 1 } }));
        var again = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PutAsJsonAsync($"/v1/{resource}/by-external-id/erp/1", new { custom_fields = new { tier = "silver" } }));
        var batch = await acme.CreateAsync<JsonElement>($"/v1/{resource}/batch", new
        {
            items = new object[]
            {
                new { source = "erp", external_id = "1", custom_fields = new { score = 7 } },
                new { source = "erp", external_id = "2", name = "Two", custom_fields = new { score = "seven" } },
            },
        });

        Assert.That((put.Own(), again.Own()), Is.EqualTo(("""{"score":1}""", """{"score":1,"tier":"silver"}""")));
        Assert.That(batch.GetProperty("results").EnumerateArray().Select(item => item.GetProperty("status").GetInt32()), Is.EqualTo(new[] { 200, 422 }));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/{resource}/by-external-id/erp/1")).Own(), Is.EqualTo("""{"score":7,"tier":"silver"}"""));
        Assert.That((await acme.Http.GetAsync($"/v1/{resource}/by-external-id/erp/2")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("""{"score":"much"}""", "score")]
    [TestCase("""{"tier":"bronze"}""", "tier")]
    [TestCase("""{"renews_on":"2026-02-30"}""", "renews_on")]
    [TestCase("""{"colour":"red"}""", "colour")]
    public async Task A_value_that_the_field_does_not_take_is_named_and_nothing_is_written(string values, string field)
    {
        var response = await acme.Http.PostAsJsonAsync($"/v1/{resource}", new { name = "Engines", custom_fields = JsonElement.Parse(values) });

        var problem = await Problem.OfAsync(response);
        Assert.That((problem.Status, problem.Errors.Single().Pointer), Is.EqualTo((HttpStatusCode.UnprocessableEntity, $"/custom_fields/{field}")));
        Assert.That(await NamesAsync(""), Is.Empty);
    }

    [TestCase("filter[custom_fields.score][gte]=2&sort=custom_fields.score", "Two Ten")]
    [TestCase("filter[custom_fields.tier][eq]=gold", "Ten")]
    [TestCase("filter[custom_fields.renews_on][lt]=2027-01-01", "Two")]
    [TestCase("filter[custom_fields.score][is_set]=false", "None")]
    [TestCase("sort=-custom_fields.score", "Ten Two None")]
    public async Task The_list_is_filtered_and_ordered_by_them(string query, string names)
    {
        await MakeAsync("Two", new { score = 2, renews_on = "2026-12-01" });
        await MakeAsync("None", new { });
        await MakeAsync("Ten", new { score = 10, tier = "gold" });

        Assert.That(string.Join(' ', await NamesAsync(query)), Is.EqualTo(names));
    }

    [Test]
    public async Task The_metadata_tell_them()
    {
        var metadata = await acme.GetAsync<JsonElement>("/v1/metadata");

        var fields = metadata.GetProperty("resources").EnumerateArray().Single(r => r.GetProperty("name").GetString() == resource).GetProperty("fields").EnumerateArray()
            .Where(field => field.GetProperty("is_custom").GetBoolean()).Select(field => $"{field.GetProperty("name")} {field.GetProperty("type")}");
        Assert.That(fields, Is.EquivalentTo(new[] { "custom_fields.score number", "custom_fields.renews_on date", "custom_fields.tier choice", "custom_fields.sister reference" }));
    }

    [Test]
    public async Task The_history_tells_what_was_changed_and_a_conflict_names_it()
    {
        var made = await MakeAsync("Engines", new { score = 2 });
        await acme.PatchAsync($"/v1/{resource}/{made.Id()}", new { description = "Steam", custom_fields = new { score = 3 } });

        var history = await acme.GetAsync<JsonElement>($"/v1/{resource}/{made.Id()}/history");
        using var late = new HttpRequestMessage(HttpMethod.Patch, $"/v1/{resource}/{made.Id()}") { Content = JsonContent.Create(new { name = "Motors" }) };
        late.Headers.TryAddWithoutValidation("If-Match", "\"r1\"");
        var conflict = await (await acme.Http.SendAsync(late)).Content.ReadFromJsonAsync<JsonElement>();

        Assert.That(history.GetProperty("data").EnumerateArray().Select(e => $"{e.GetProperty("resource")} {e.GetProperty("field")} {e.GetProperty("from")} {e.GetProperty("to")}"),
            Is.EquivalentTo(new[] { $"{Kind} description  Steam", $"{Kind} custom_fields.score 2 3" }));
        Assert.That(conflict.GetProperty("changed_fields").EnumerateArray().Select(e => e.GetProperty("field").GetString()), Is.EquivalentTo(new[] { "description", "custom_fields.score" }));
        Assert.That((await acme.Http.GetAsync($"/v1/{resource}/{Kind[..3]}_01hpv7x5k8e2mv9q3tq5y6n7r4/history")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task It_comes_back_from_the_bin_whole_and_a_purge_leaves_nothing()
    {
        var made = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PutAsJsonAsync($"/v1/{resource}/by-external-id/erp/1", new { name = "Engines", custom_fields = new { score = 2, tier = "gold" } }));
        await acme.PatchAsync($"/v1/{resource}/{made.Id()}", new { custom_fields = new { score = 4 } });

        await acme.Http.DeleteAsync($"/v1/{resource}/{made.Id()}");
        var gone = await acme.Http.GetAsync($"/v1/{resource}/{made.Id()}");
        var item = await OnlyItemAsync();
        await acme.CreateAsync<JsonElement>($"/v1/recycle_bin/{item.Id()}/restore", new { });
        await TestApi.RunJobsAsync();
        var back = await acme.GetAsync<JsonElement>($"/v1/{resource}/by-external-id/erp/1");
        var found = await NamesAsync("q=engines&filter[custom_fields.score][eq]=4");
        var history = await acme.GetAsync<JsonElement>($"/v1/{resource}/{made.Id()}/history");
        await acme.Http.DeleteAsync($"/v1/{resource}/{made.Id()}");
        var purged = await acme.Http.DeleteAsync($"/v1/recycle_bin/{(await OnlyItemAsync()).Id()}");
        await TestApi.RunJobsAsync();

        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((item.GetProperty("kind").GetString(), item.GetProperty("record_id").GetString(), item.GetProperty("title").GetString(), item.GetProperty("customer_id").ValueKind),
            Is.EqualTo((Kind, made.Id(), "Engines", JsonValueKind.Null)));
        Assert.That((back.Id(), back.Own()), Is.EqualTo((made.Id(), """{"score":4,"tier":"gold"}""")));
        Assert.That(found, Is.EqualTo(new[] { "Engines" }));
        Assert.That(history.GetProperty("data").GetArrayLength(), Is.EqualTo(1));
        Assert.That(purged.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        var events = (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().ToArray();
        Assert.That(events.Select(e => e.GetProperty("type").GetString()), Is.SupersetOf(new[] { $"{Kind}.deleted", $"{Kind}.restored", $"{Kind}.purged" }));
        Assert.That(events.Select(e => e.GetRawText()), Has.None.Contains("Engines"));
    }

    private Task<JsonElement> MakeAsync(string name, object customFields) => acme.CreateAsync<JsonElement>($"/v1/{resource}", new { name, custom_fields = customFields });

    private async Task<JsonElement> OnlyItemAsync() => (await acme.GetAsync<JsonElement>("/v1/recycle_bin")).GetProperty("data").EnumerateArray().Single();

    private async Task<string[]> NamesAsync(string query) =>
        [.. (await acme.GetAsync<JsonElement>($"/v1/{resource}?{query}")).GetProperty("data").EnumerateArray().Select(row => row.GetProperty("name").GetString()!)];
}
