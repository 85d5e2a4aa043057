using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.Imports;

public class UndoImportTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync() => acme = await TestTenant.NewAsync();

    [TestCase("note")]
    [TestCase("tag")]
    [TestCase("tracked event")]
    [TestCase("role")]
    [TestCase("consent")]
    [TestCase("task")]
    [TestCase("membership")]
    [TestCase("order in the bin")]
    public async Task Whom_somebody_had_to_do_with_since_stays_with_all_of_it(string what)
    {
        var id = await SomeFiles.ImportedAsync(acme, "email\nana@example.com\nbob@example.com\n");
        var ana = await IdOfAsync("ana@example.com");
        var made = await TouchAsync(what, ana);
        await TestApi.RunJobsAsync();

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That((import.Of("undo", "removed"), import.Of("undo", "kept")), Is.EqualTo((1, 1)));
        Assert.That((await SomeFiles.CustomersAsync(acme)).Select(c => c.Text("id")), Is.EqualTo(new[] { ana }));
        Assert.That((await acme.Http.GetAsync(made)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        if (what == "role") Assert.That((await acme.GetAsync<JsonElement>(made)).GetProperty("people_count").GetInt32(), Is.EqualTo(1));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_follows_by_itself_holds_nobody_back(bool quiet)
    {
        await acme.CreateAsync<JsonElement>("/v1/custom_fields", new { resource = "customers", name = "tier", label = "Tier", type = "text" });
        var segment = await acme.CreateAsync<JsonElement>("/v1/segments", new { name = "Vienna", kind = "dynamic", rule = new { field = "city", op = "eq", value = "Vienna" } });
        await TestApi.RunJobsAsync();
        var id = await SomeFiles.UploadedAsync(acme, "email,first_name,city,tier,tags\nana@example.com,Ana,Vienna,gold,VIP\nbob@example.com,Bob,Vienna,,\n");
        await acme.Http.PatchAsync($"/v1/imports/{id}", JsonContent.Create(new { quiet }));
        await SomeFiles.DoAsync(acme, id, "run");
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/segments/{segment.Text("id")}")).GetProperty("size").GetInt32(), Is.EqualTo(2));

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That((import.Of("undo", "removed"), import.Of("undo", "kept")), Is.EqualTo((2, 0)));
        Assert.That(await SomeFiles.CustomersAsync(acme), Is.Empty);
    }

    [Test]
    public async Task A_tag_beside_those_of_the_file_is_somebodys()
    {
        var id = await SomeFiles.ImportedAsync(acme, "email,tags\nana@example.com,VIP\n");
        await acme.CreateAsync<JsonElement>($"/v1/customers/{await IdOfAsync("ana@example.com")}/tags", new { names = new[] { "asked for an offer" } });

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That(import.Of("undo", "kept"), Is.EqualTo(1));
        var tags = await acme.GetAsync<JsonElement>($"/v1/customers/{await IdOfAsync("ana@example.com")}/tags?sort=name");
        Assert.That(tags.GetProperty("data").EnumerateArray().Select(tag => tag.Text("name")), Is.EqualTo(new[] { "asked for an offer", "VIP" }));
    }

    [Test]
    public async Task Two_rows_about_one_customer_come_back_to_what_it_was_before_both()
    {
        await SomeFiles.ImportedAsync(acme, "email,first_name,city\nana@example.com,Orig,Graz\n");
        var id = await SomeFiles.ImportedAsync(acme, "email,first_name,city\nana@example.com,M1,Wien\nana@example.com,M2,Linz\n");
        await LetTimePassAsync();

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That((import.Of("undo", "restored"), import.Of("undo", "kept")), Is.EqualTo((2, 0)));
        var ana = (await SomeFiles.CustomersAsync(acme)).Single();
        Assert.That((ana.Text("first_name"), ana.Text("city")), Is.EqualTo(("Orig", "Graz")));
    }

    [Test]
    public async Task Who_was_made_and_changed_by_one_file_is_gone_again()
    {
        var id = await SomeFiles.ImportedAsync(acme, "email,first_name,phone\nana@example.com,M1,\nana@example.com,M2,+4312345678\nana@example.com,M3,\n");
        await LetTimePassAsync();

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That((import.Of("undo", "removed"), import.Of("undo", "restored"), import.Of("undo", "kept")), Is.EqualTo((1, 2, 0)));
        Assert.That(await SomeFiles.CustomersAsync(acme), Is.Empty);
    }

    [TestCase("phone,email,email_2\n+436601234567,first@example.com,second@example.com\n", "email", "phone", "+436601234567")]
    [TestCase("email,phone,phone_2\nana@example.com,+436601234567,+436601234568\n", "phone", "email", "ana@example.com")]
    public async Task Several_addresses_that_one_row_gave_somebody_are_all_taken_back(string file, string given, string had, string value)
    {
        await acme.CreateAsync<JsonElement>("/v1/customers", new Dictionary<string, string> { [had] = value });
        var id = await SomeFiles.UploadedAsync(acme, file);
        var columns = file.Split('\n')[0].Split(',');
        await acme.Http.PatchAsync($"/v1/imports/{id}", JsonContent.Create(new { mapping = columns.Select(column => new { column, field = column.Split('_')[0] }) }));
        var run = await SomeFiles.DoAsync(acme, id, "run");

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That((run.Of("run", "updated"), import.Text("status"), import.Of("undo", "restored")), Is.EqualTo((1, "undone", 1)));
        var ana = (await SomeFiles.CustomersAsync(acme)).Single();
        Assert.That((ana.Text(had), ana.GetProperty(given).GetString()), Is.EqualTo((value, (string?)null)));
    }

    [Test]
    public async Task Somebodys_change_after_two_rows_keeps_what_both_did()
    {
        await SomeFiles.ImportedAsync(acme, "email,first_name,city\nana@example.com,Orig,Graz\n");
        var id = await SomeFiles.ImportedAsync(acme, "email,first_name,city\nana@example.com,M1,Wien\nana@example.com,M2,Linz\n");
        await LetTimePassAsync();
        await acme.Http.PatchAsync($"/v1/customers/{await IdOfAsync("ana@example.com")}", JsonContent.Create(new { region = "Tyrol" }));

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That((import.Of("undo", "restored"), import.Of("undo", "kept")), Is.EqualTo((0, 2)));
        Assert.That((await SomeFiles.CustomersAsync(acme)).Single().Text("city"), Is.EqualTo("Linz"));
    }

    [Test]
    public async Task Two_rows_about_one_order_come_back_to_what_it_was_before_both()
    {
        const string header = "order id,email,unit price minor,financial status\n";
        await SomeFiles.ImportedAsync(acme, header + "1,ana@example.com,500,pending\n", "resource=orders");
        var id = await SomeFiles.ImportedAsync(acme, header + "1,ana@example.com,600,paid\n1,ana@example.com,700,paid\n2,ana@example.com,100,paid\n2,ana@example.com,200,paid\n3,ana@example.com,100,paid\n", "resource=orders");
        var touched = await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/3");
        await acme.CreateAsync<JsonElement>($"/v1/orders/{touched.Text("id")}/tags", new { names = new[] { "gift" } });
        await LetTimePassAsync();

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That((import.Of("undo", "removed"), import.Of("undo", "restored"), import.Of("undo", "kept")), Is.EqualTo((1, 3, 1)));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/1")).GetProperty("total_minor").GetInt32(), Is.EqualTo(500));
        Assert.That((await acme.Http.GetAsync("/v1/orders/by-external-id/import/2")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_history_names_the_import_and_who_asked_for_it()
    {
        await SomeFiles.ImportedAsync(acme, "email,city\nana@example.com,Graz\n");
        var id = await SomeFiles.ImportedAsync(acme, "email,city\nana@example.com,Linz\n", "resource=customers&file_name=kunden.csv");

        var history = await acme.GetAsync<JsonElement>($"/v1/customers/{await IdOfAsync("ana@example.com")}/history");

        var by = history.GetProperty("data")[0].GetProperty("changed_by");
        Assert.That((by.Text("kind"), by.Text("id"), by.Text("name")), Is.EqualTo(("import", id, "kunden.csv (Full access)")));
    }

    /// <returns>Where what was made is found.</returns>
    private async Task<string> TouchAsync(string what, string customerId)
    {
        switch (what)
        {
            case "note":
                return $"/v1/notes/{(await acme.CreateAsync<JsonElement>("/v1/notes", new { customer_id = customerId, body = "Likes tea." })).Text("id")}";
            case "tag":
                await acme.CreateAsync<JsonElement>($"/v1/customers/{customerId}/tags", new { names = new[] { "VIP" } });
                break;
            case "tracked event":
                await acme.CreateAsync<JsonElement>("/v1/track", new { name = "signed_up", customer_id = customerId });
                break;
            case "role":
                var company = (await acme.CreateAsync<JsonElement>("/v1/companies", new { name = "Acme" })).Text("id");
                await acme.CreateAsync<JsonElement>($"/v1/companies/{company}/people/batch", new { items = new[] { new { customer_id = customerId, role = "Buyer" } } });
                return $"/v1/companies/{company}";
            case "consent":
                await acme.CreateAsync<JsonElement>($"/v1/customers/{customerId}/consents", new { purpose = "marketing", channel = "email", state = "granted" });
                break;
            case "task":
                return $"/v1/tasks/{(await acme.CreateAsync<JsonElement>("/v1/tasks", new { title = "Call", customer_id = customerId })).Text("id")}";
            case "membership":
                var segment = (await acme.CreateAsync<JsonElement>("/v1/segments", new { name = "Some", kind = "static" })).Text("id");
                await acme.CreateAsync<JsonElement>($"/v1/segments/{segment}/members", new { customer_ids = new[] { customerId } });
                break;
            default:
                var order = await acme.CreateAsync<JsonElement>("/v1/orders", new { customer_id = customerId, lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } });
                await acme.Http.DeleteAsync($"/v1/orders/{order.Text("id")}");
                break;
        }
        return $"/v1/customers/{customerId}";
    }

    private async Task<string> IdOfAsync(string email) => (await SomeFiles.CustomersAsync(acme, $"&filter[email][eq]={email}")).Single().Text("id");

    // The clock of tests stands still, so what was written goes back an hour instead.
    private Task LetTimePassAsync() => acme.WithDbAsync(async db =>
    {
        var then = new { Then = TestApi.Clock.GetUtcNow().AddHours(-1) };
        foreach (var sql in earlier) await db.ExecuteAsync(sql, then, default);
    });

    private static readonly TenantSql[] earlier =
    [
        TenantSql.Of("UPDATE ImportRows SET WrittenAt = @Then WHERE TenantId = @TenantId"),
        TenantSql.Of("UPDATE Customers SET UpdatedAt = @Then WHERE TenantId = @TenantId"),
        TenantSql.Of("UPDATE Orders SET UpdatedAt = @Then WHERE TenantId = @TenantId"),
        TenantSql.Of("UPDATE FieldChanges SET ChangedAt = @Then WHERE TenantId = @TenantId"),
    ];
}
