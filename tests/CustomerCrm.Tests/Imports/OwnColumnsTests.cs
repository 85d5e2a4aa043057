using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerCrm.Tests.Imports;

/// <summary>Columns of a tenant's own fields, and of tags.</summary>
public class OwnColumnsTests
{
    private const string File = "email,Loyalty tier,points,renews_on,vip,Tags\nana@example.com,gold,12.50,2030-06-30,yes,\"VIP, wholesale\"\nbob@example.com,silver,,,,\n";
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync()
    {
        acme = await TestTenant.NewAsync();
        await FieldAsync("customers", "loyalty_tier", "Loyalty tier", "choice", new[] { new { name = "gold", label = "Gold" }, new { name = "silver", label = "Silver" } });
        await FieldAsync("customers", "points", "Points", "number");
        await FieldAsync("customers", "renews_on", "Renews on", "date");
        await FieldAsync("customers", "vip", "Very important", "boolean");
    }

    [Test]
    public async Task They_are_proposed_by_their_name_or_label()
    {
        var id = await SomeFiles.UploadedAsync(acme, File);

        var import = await acme.GetAsync<JsonElement>($"/v1/imports/{id}");

        Assert.That(import.GetProperty("mapping").EnumerateArray().Select(m => m.Text("field")),
            Is.EqualTo(new[] { "email", "custom_fields.loyalty_tier", "custom_fields.points", "custom_fields.renews_on", "custom_fields.vip", "tags" }));
    }

    [Test]
    public async Task A_dry_run_shows_each_value_and_a_run_writes_it()
    {
        var id = await SomeFiles.UploadedAsync(acme, File);

        await SomeFiles.DoAsync(acme, id, "dry_run");
        var tried = (await SomeFiles.RowsAsync(acme, id))[0].GetProperty("changes").EnumerateArray().Select(c => $"{c.Text("field")}: {c.Text("to")}").ToArray();
        var import = await SomeFiles.DoAsync(acme, id, "run");

        Assert.That(tried, Is.EqualTo(new[]
        {
            "email: ana@example.com", "custom_fields.loyalty_tier: \"gold\"", "custom_fields.points: 12.5", "custom_fields.renews_on: \"2030-06-30\"", "custom_fields.vip: true", "tags: VIP", "tags: wholesale",
        }));
        Assert.That(import.Of("run", "created"), Is.EqualTo(2));
        Assert.That(await ValuesAsync("ana@example.com"), Is.EqualTo("""{"loyalty_tier":"gold","points":12.5,"renews_on":"2030-06-30","vip":true}"""));
        Assert.That(await TagsAsync("ana@example.com"), Is.EqualTo(new[] { "VIP", "wholesale" }));
        Assert.That(await ValuesAsync("bob@example.com"), Is.EqualTo("""{"loyalty_tier":"silver"}"""));
    }

    [Test]
    public async Task A_value_that_is_not_right_is_an_error_of_its_column_and_holds_up_nobody_else()
    {
        var id = await SomeFiles.UploadedAsync(acme, "email,loyalty_tier,tags\nana@example.com,platinum,\nbob@example.com,gold,\ncat@example.com,gold," + new string('x', 51) + "\n");

        await SomeFiles.DoAsync(acme, id, "dry_run");
        var tried = await ErrorsAsync(id);
        var import = await SomeFiles.DoAsync(acme, id, "run");

        Assert.That(tried, Is.EqualTo(new[] { "2 loyalty_tier value_invalid", "4 tags tag_name_invalid" }));
        Assert.That(await ErrorsAsync(id), Is.EqualTo(tried));
        Assert.That((import.Of("run", "created"), import.Of("run", "invalid")), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task A_row_that_is_left_out_has_no_errors()
    {
        var id = await SomeFiles.UploadedAsync(acme, "email,loyalty_tier\nana@example.com,gold\nana@example.com,platinum\n");
        await acme.Http.PatchAsync($"/v1/imports/{id}", JsonContent.Create(new { on_match = "skip" }));

        var tried = await SomeFiles.DoAsync(acme, id, "dry_run");
        var run = await SomeFiles.DoAsync(acme, id, "run");

        Assert.That((run.Of("run", "created"), run.Of("run", "skipped"), run.Of("run", "invalid")), Is.EqualTo((1, 1, 0)));
        Assert.That(run.GetProperty("run").GetRawText(), Is.EqualTo(tried.GetProperty("dry_run").GetRawText()));
        Assert.That(await ErrorsAsync(id), Is.Empty);
    }

    [Test]
    public async Task What_is_there_already_is_no_change()
    {
        await SomeFiles.ImportedAsync(acme, File);

        var again = await SomeFiles.DoAsync(acme, await SomeFiles.UploadedAsync(acme, File), "run");

        Assert.That((again.Of("run", "skipped"), again.Of("run", "updated")), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task Undo_brings_values_back_and_takes_the_tags_off_that_the_run_put_on()
    {
        await SomeFiles.ImportedAsync(acme, File);
        var id = await SomeFiles.ImportedAsync(acme, "email,loyalty_tier,points,vip,tags\nana@example.com,silver,,no,new;VIP\nbob@example.com,,7,,\n");
        Assert.That((await ValuesAsync("ana@example.com"), await ValuesAsync("bob@example.com")),
            Is.EqualTo(("""{"loyalty_tier":"silver","points":12.5,"renews_on":"2030-06-30","vip":false}""", """{"loyalty_tier":"silver","points":7}""")));
        Assert.That(await TagsAsync("ana@example.com"), Is.EqualTo(new[] { "new", "VIP", "wholesale" }));

        var undone = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That(undone.Of("undo", "restored"), Is.EqualTo(2));
        Assert.That((await ValuesAsync("ana@example.com"), await ValuesAsync("bob@example.com")),
            Is.EqualTo(("""{"loyalty_tier":"gold","points":12.5,"renews_on":"2030-06-30","vip":true}""", """{"loyalty_tier":"silver"}""")));
        Assert.That(await TagsAsync("ana@example.com"), Is.EqualTo(new[] { "VIP", "wholesale" }));
    }

    [Test]
    public async Task Orders_and_interactions_have_columns_of_their_own_fields_too()
    {
        await FieldAsync("orders", "gift", "Gift", "boolean");
        await FieldAsync("interactions", "mood", "Mood", "text");

        await SomeFiles.ImportedAsync(acme, "order_id,email,amount_minor,Gift\n1,ana@example.com,500,yes\n", "resource=orders");
        var calls = await SomeFiles.DoAsync(acme, await SomeFiles.UploadedAsync(acme, "email,channel,direction,Mood\nana@example.com,phone,inbound,cheerful\n", "resource=interactions"), "run");

        Assert.That(calls.Of("run", "created"), Is.EqualTo(1));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/orders")).GetProperty("data")[0].GetProperty("custom_fields").GetRawText(), Is.EqualTo("""{"gift":true}"""));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/interactions")).GetProperty("data")[0].GetProperty("custom_fields").GetRawText(), Is.EqualTo("""{"mood":"cheerful"}"""));
    }

    [Test]
    public async Task Orders_have_tags_too_and_undo_takes_them_off()
    {
        const string header = "order_id,email,amount_minor,Tags\n";
        await SomeFiles.ImportedAsync(acme, header + "1,ana@example.com,500,gift\n", "resource=orders");
        var id = await SomeFiles.UploadedAsync(acme, header + "1,ana@example.com,500,\"gift,express\"\n2,ana@example.com,700,gift\n1,ana@example.com,500,express\n3,ana@example.com,700," + new string('x', 51) + "\n", "resource=orders");

        var tried = await SomeFiles.DoAsync(acme, id, "dry_run");
        var run = await SomeFiles.DoAsync(acme, id, "run");
        var (tagged, errors) = (await TagsOfOrderAsync("1"), await ErrorsAsync(id));
        var undone = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That(run.GetProperty("run").GetRawText(), Is.EqualTo(tried.GetProperty("dry_run").GetRawText()));
        Assert.That((run.Of("run", "created"), run.Of("run", "updated"), run.Of("run", "skipped"), run.Of("run", "invalid")), Is.EqualTo((1, 1, 1, 1)));
        Assert.That(errors, Is.EqualTo(new[] { "5 Tags tag_name_invalid" }));
        Assert.That(tagged, Is.EqualTo(new[] { "express", "gift" }));
        Assert.That((undone.Of("undo", "removed"), undone.Of("undo", "restored")), Is.EqualTo((1, 1)));
        Assert.That(await TagsOfOrderAsync("1"), Is.EqualTo(new[] { "gift" }));
    }

    private async Task<string[]> TagsOfOrderAsync(string externalId)
    {
        var order = await acme.GetAsync<JsonElement>($"/v1/orders/by-external-id/import/{externalId}");
        return [.. (await acme.GetAsync<JsonElement>($"/v1/orders/{order.Text("id")}/tags?sort=name")).GetProperty("data").EnumerateArray().Select(tag => tag.Text("name"))];
    }

    [Test]
    public async Task A_field_that_is_gone_is_named_before_the_run_and_ends_one_that_goes_on()
    {
        var (early, late) = (await SomeFiles.UploadedAsync(acme, File), await SomeFiles.UploadedAsync(acme, File));
        var vip = (await acme.GetAsync<JsonElement>("/v1/custom_fields?limit=100")).GetProperty("data").EnumerateArray().Single(field => field.Text("name") == "vip");
        await TestApi.BeforeJobsRunAsync(async () =>
        {
            await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsync($"/v1/imports/{late}/run", null));
            await acme.Http.DeleteAsync($"/v1/custom_fields/{vip.Text("id")}");
        });

        var refused = await Problem.OfAsync(await acme.Http.PostAsync($"/v1/imports/{early}/run", null));
        await TestApi.RunJobsAsync();
        var ended = await acme.GetAsync<JsonElement>($"/v1/imports/{late}");

        Assert.That(((int)refused.Status, refused.Pointers.Single()), Is.EqualTo((422, "/mapping/4/field")));
        Assert.That((ended.Text("status"), ended.Text("failure_code")), Is.EqualTo(("failed", "unknown_field")));
    }

    private async Task FieldAsync(string resource, string name, string label, string type, object? options = null)
    {
        object field = options is null ? new { resource, name, label, type } : new { resource, name, label, type, options };
        await acme.CreateAsync<JsonElement>("/v1/custom_fields", field);
    }

    private async Task<JsonElement> CustomerAsync(string email) => (await SomeFiles.CustomersAsync(acme, $"&filter[email][eq]={email}")).Single();

    private async Task<string> ValuesAsync(string email) => (await CustomerAsync(email)).GetProperty("custom_fields").GetRawText();

    private async Task<string[]> TagsAsync(string email) =>
        [.. (await acme.GetAsync<JsonElement>($"/v1/customers/{(await CustomerAsync(email)).Text("id")}/tags?sort=name")).GetProperty("data").EnumerateArray().Select(tag => tag.Text("name"))];

    private async Task<string[]> ErrorsAsync(string id) =>
        [.. (await acme.GetAsync<JsonElement>($"/v1/imports/{id}/errors")).GetProperty("data").EnumerateArray().Select(e => $"{e.GetProperty("line").GetInt32()} {e.Text("column")} {e.Text("code")}")];
}
