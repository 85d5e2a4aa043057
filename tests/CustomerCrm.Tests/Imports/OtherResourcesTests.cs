using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerCrm.Tests.Imports;

public class OtherResourcesTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync() => acme = await TestTenant.NewAsync(timeZone: "Europe/Vienna");

    [Test]
    public async Task Rows_become_orders_of_customers_who_are_found_or_made()
    {
        var ana = await acme.CreateAsync<JsonElement>("/v1/customers", new { name = "Ana", email = "ana@example.com" });

        var import = await SomeFiles.DoAsync(acme, await SomeFiles.UploadedAsync(acme, "order id,email,date,product,quantity,unit price minor,financial status\n1001,ana@example.com,2029-07-01 10:00,Tea,2,450,paid\n1002,bob@example.com,2029-07-02,Cup,1,900,paid\n", "resource=orders"), "run");

        Assert.That((import.Of("run", "created"), import.Of("run", "invalid")), Is.EqualTo((2, 0)));
        var order = await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/1001");
        Assert.That((order.Text("customer_id"), order.GetProperty("total_minor").GetInt32(), order.Text("placed_at"), order.Text("payment_status")), Is.EqualTo((ana.Text("id"), 900, "2029-07-01T08:00:00Z", "paid")));
        Assert.That(await SomeFiles.CustomersAsync(acme, "&filter[email][eq]=bob@example.com"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Orders_that_are_stated_again_change_and_undo_brings_them_back()
    {
        const string header = "order id,email,unit price minor,financial status\n";
        await SomeFiles.ImportedAsync(acme, header + "1,ana@example.com,500,pending\n2,ana@example.com,700,paid\n", "resource=orders");
        var before = await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/1");
        var id = await SomeFiles.UploadedAsync(acme, header + "1,ana@example.com,600,paid\n2,ana@example.com,700,paid\n3,ana@example.com,100,paid\n4,ana@example.com,100,barter\n", "resource=orders");

        var tried = await SomeFiles.DoAsync(acme, id, "dry_run");
        var rows = await SomeFiles.RowsAsync(acme, id);
        var run = await SomeFiles.DoAsync(acme, id, "run");
        var undone = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That(rows.Select(r => r.Text("outcome")), Is.EqualTo(new[] { "update", "skip", "create", "invalid" }));
        Assert.That(rows[0].GetProperty("changes").EnumerateArray().Select(c => c.Text("field")), Does.Contain("payment_status").And.Contain("lines"));
        Assert.That(run.GetProperty("run").GetRawText(), Is.EqualTo(tried.GetProperty("dry_run").GetRawText()));
        Assert.That((undone.Of("undo", "restored"), undone.Of("undo", "removed"), undone.Of("undo", "kept")), Is.EqualTo((1, 1, 0)));
        var after = await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/1");
        Assert.That((after.GetProperty("total_minor").GetInt32(), after.Text("payment_status")), Is.EqualTo((before.GetProperty("total_minor").GetInt32(), before.Text("payment_status"))));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_order_that_turns_out_to_be_somebody_elses_moves(bool isKnown)
    {
        const string header = "order id,email,unit price minor\n";
        await SomeFiles.ImportedAsync(acme, header + "A1,one@example.com,500\n", "resource=orders");
        var one = (await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/A1")).Text("customer_id");
        if (isKnown) await acme.CreateAsync<JsonElement>("/v1/customers", new { email = "two@example.com" });
        var id = await SomeFiles.UploadedAsync(acme, header + "A1,two@example.com,500\n", "resource=orders");

        await SomeFiles.DoAsync(acme, id, "dry_run");
        var tried = (await SomeFiles.RowsAsync(acme, id)).Single();
        await SomeFiles.DoAsync(acme, id, "run");
        var done = (await SomeFiles.RowsAsync(acme, id)).Single();

        var two = (await SomeFiles.CustomersAsync(acme, "&filter[email][eq]=two@example.com")).Single().Text("id");
        Assert.That((tried.Text("outcome"), done.Text("outcome")), Is.EqualTo(("update", "update")));
        Assert.That(Moves(tried), Is.EqualTo(new[] { ("customer_id", $"\"{one}\"", isKnown ? $"\"{two}\"" : null) }), "nobody has an id yet who is to be made");
        Assert.That(Moves(done)[0], Is.EqualTo(("customer_id", $"\"{one}\"", $"\"{two}\"")));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/A1")).Text("customer_id"), Is.EqualTo(two));

        static (string, string?, string?)[] Moves(JsonElement row) => [.. row.GetProperty("changes").EnumerateArray().Select(c => (c.Text("field"), c.GetProperty("from").GetString(), c.GetProperty("to").GetString()))];
    }

    [Test]
    public async Task An_order_whose_lines_are_of_the_catalogue_is_unchanged_when_it_is_stated_again()
    {
        const string file = "order id,email,sku,product,unit price minor\nA1,ana@example.com,T1,Tea,500\n";
        await acme.CreateAsync<JsonElement>("/v1/products", new { name = "Tea", sku = "T1" });
        await SomeFiles.ImportedAsync(acme, file, "resource=orders");

        var again = await SomeFiles.DoAsync(acme, await SomeFiles.UploadedAsync(acme, file, "resource=orders"), "run");

        Assert.That((again.Of("run", "skipped"), again.Of("run", "updated")), Is.EqualTo((1, 0)));
    }

    [TestCase("text/csv", "email,name\nana@example.com,'-5 degrees\n", "-5 degrees")]
    [TestCase("application/x-ndjson", "{\"email\":\"ana@example.com\",\"name\":\"'-5 degrees\"}\n", "'-5 degrees")]
    public async Task An_apostrophe_that_guards_a_cell_is_taken_off_and_one_of_JSON_lines_stays(string media, string file, string name)
    {
        await SomeFiles.ImportedAsync(acme, file, media: media);

        Assert.That((await SomeFiles.CustomersAsync(acme)).Single().Text("name"), Is.EqualTo(name));
    }

    [Test]
    public async Task JSON_lines_become_interactions_once_each()
    {
        const string line = "{\"customer.email\":\"ana@example.com\",\"channel\":\"phone\",\"direction\":\"inbound\",\"occurred_at\":\"2029-07-01T10:00:00Z\",\"subject\":\"Hello\",\"external_id\":\"c1\"}\n";
        var file = line + "{\"customer.email\":\"ana@example.com\",\"channel\":\"pigeon\",\"direction\":\"inbound\",\"external_id\":\"c2\"}\n" + line;

        var id = await SomeFiles.UploadedAsync(acme, file, "resource=interactions", "application/x-ndjson");
        var import = await SomeFiles.DoAsync(acme, id, "run");

        Assert.That((import.Of("run", "created"), import.Of("run", "skipped"), import.Of("run", "invalid")), Is.EqualTo((1, 1, 1)));
        var error = (await acme.GetAsync<JsonElement>($"/v1/imports/{id}/errors")).GetProperty("data")[0];
        Assert.That((error.GetProperty("line").GetInt32(), error.Text("column")), Is.EqualTo((2, "channel")));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/interactions")).GetProperty("data")[0].Text("subject"), Is.EqualTo("Hello"));
    }

    [Test]
    public async Task A_member_that_a_line_gives_twice_makes_it_invalid_and_is_named()
    {
        var id = await SomeFiles.ImportedAsync(acme, "{\"email\":\"ana@example.com\",\"city\":\"Graz\",\"city\":\"Linz\"}\n{\"email\":\"bob@example.com\",\"city\":\"Graz\"}\n", media: "application/x-ndjson");

        var error = (await acme.GetAsync<JsonElement>($"/v1/imports/{id}/errors")).GetProperty("data").EnumerateArray().Single();

        Assert.That((error.GetProperty("line").GetInt32(), error.Text("code"), error.Text("detail")), Is.EqualTo((1, "duplicate_member", "The member city is given twice.")));
        Assert.That((await SomeFiles.CustomersAsync(acme)).Select(c => c.Text("email")), Is.EqualTo(new[] { "bob@example.com" }));
    }

    [Test]
    public async Task Undo_takes_back_interactions_that_nobody_changed_since()
    {
        var id = await SomeFiles.ImportedAsync(acme, "email,channel,direction,subject\nana@example.com,phone,inbound,One\nana@example.com,phone,inbound,Two\n", "resource=interactions");
        var kept = (await acme.GetAsync<JsonElement>("/v1/interactions")).GetProperty("data")[0];
        await acme.Http.PatchAsync($"/v1/interactions/{kept.Text("id")}", JsonContent.Create(new { outcome = "sold" }));

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That((import.Of("undo", "removed"), import.Of("undo", "kept")), Is.EqualTo((1, 1)));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/interactions")).GetProperty("data").EnumerateArray().Single().Text("outcome"), Is.EqualTo("sold"));
    }
}
