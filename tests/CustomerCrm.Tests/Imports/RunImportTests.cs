using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace CustomerCrm.Tests.Imports;

public class RunImportTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task Rows_become_customers_who_are_found_by_name_and_identity()
    {
        var id = await SomeFiles.UploadedAsync(acme, "email,first_name,last_name,phone,city,country\nana@example.com,Ana,Čapek,+43 1 2345678,Vienna,AT\nbob@example.com,Bob,Jones,,Graz,AT\n");

        var import = await SomeFiles.DoAsync(acme, id, "run");

        Assert.That(import.Text("status"), Is.EqualTo("finished"));
        Assert.That(import.Of("run", "created"), Is.EqualTo(2));
        var ana = (await SomeFiles.CustomersAsync(acme, "&q=capek")).Single();
        Assert.That((ana.Text("name"), ana.Text("email"), ana.Text("phone"), ana.Text("city")), Is.EqualTo(("Ana Čapek", "ana@example.com", "+4312345678", "Vienna")));
        Assert.That(await SomeFiles.CustomersAsync(acme, "&filter[phone][eq]=%2B4312345678"), Has.Length.EqualTo(1));
        var row = (await SomeFiles.RowsAsync(acme, id))[0];
        Assert.That((row.Text("outcome"), row.Text("resource_id"), row.GetProperty("line").GetInt32()), Is.EqualTo(("create", ana.Text("id"), 2)));
    }

    [Test]
    public async Task A_dry_run_says_what_would_become_of_each_row_and_changes_nothing()
    {
        await SomeFiles.ImportedAsync(acme, "email,first_name,phone\nana@example.com,Ana,\nbob@example.com,Bob,+4312345678\n");
        var before = await EverybodyAsync();
        var id = await SomeFiles.UploadedAsync(acme, "email,first_name,phone\nana@example.com,Anna,\nana@example.com,,+4312345678\nbob@example.com,Bob,\ncat@example.com,Cat,\nnobody,X,\ncat@example.com,Kat,\n");

        var import = await SomeFiles.DoAsync(acme, id, "dry_run");

        Assert.That(import.Text("status"), Is.EqualTo("checked"));
        var rows = await SomeFiles.RowsAsync(acme, id);
        Assert.That(rows.Select(r => r.Text("outcome")), Is.EqualTo(new[] { "update", "conflict", "skip", "create", "invalid", "update" }));
        Assert.That(rows.Select(r => r.GetProperty("reason").GetString()), Is.EqualTo(new[] { null, "several_customers", "unchanged", null, null, "repeats_earlier_row" }));
        Assert.That(rows[0].GetProperty("changes").EnumerateArray().Select(c => $"{c.Text("field")}: {c.Text("from")} → {c.Text("to")}"), Is.EqualTo(new[] { "name: Ana → Anna", "first_name: Ana → Anna" }));
        Assert.That(rows[3].GetProperty("changes").EnumerateArray().Select(c => $"{c.Text("field")}: {c.Text("to")}"), Is.EqualTo(new[] { "name: Cat", "first_name: Cat", "email: cat@example.com" }));
        Assert.That(await SomeFiles.RowsAsync(acme, id, "&filter[outcome][eq]=conflict"), Has.Length.EqualTo(1));
        var error = (await acme.GetAsync<JsonElement>($"/v1/imports/{id}/errors")).GetProperty("data")[0];
        Assert.That((error.GetProperty("line").GetInt32(), error.Text("column"), error.Text("code")), Is.EqualTo((6, "email", "email_invalid")));
        Assert.That(await EverybodyAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_run_does_what_its_dry_run_said()
    {
        await SomeFiles.ImportedAsync(acme, "email,first_name,phone\nana@example.com,Ana,\nbob@example.com,Bob,+4312345678\n");
        var id = await SomeFiles.UploadedAsync(acme, "email,first_name,phone\nana@example.com,Anna,\nana@example.com,,+4312345678\nbob@example.com,Bob,\ncat@example.com,Cat,\nnobody,X,\ncat@example.com,Kat,\n");

        var tried = await SomeFiles.DoAsync(acme, id, "dry_run");
        var run = await SomeFiles.DoAsync(acme, id, "run");

        Assert.That(run.GetProperty("run").GetRawText(), Is.EqualTo(tried.GetProperty("dry_run").GetRawText()));
        Assert.That((await SomeFiles.CustomersAsync(acme)).Select(c => c.Text("name")), Is.EqualTo(new[] { "Anna", "Bob", "Kat" }));
    }

    [Test]
    public async Task Who_is_known_may_be_left_as_they_are()
    {
        await SomeFiles.ImportedAsync(acme, "email,city\nana@example.com,Graz\n");
        var id = await SomeFiles.UploadedAsync(acme, "email,city\nana@example.com,Linz\nbob@example.com,Linz\n");
        await PatchAsync(id, new { on_match = "skip" });

        var import = await SomeFiles.DoAsync(acme, id, "run");

        Assert.That((import.Of("run", "created"), import.Of("run", "skipped")), Is.EqualTo((1, 1)));
        Assert.That((await SomeFiles.CustomersAsync(acme, "&filter[email][eq]=ana@example.com"))[0].Text("city"), Is.EqualTo("Graz"));
    }

    [TestCase(false, "Graz")]
    [TestCase(true, null)]
    public async Task An_empty_cell_says_nothing_unless_it_is_to_clear(bool clears, string? city)
    {
        await SomeFiles.ImportedAsync(acme, "email,city\nana@example.com,Graz\n");
        var id = await SomeFiles.UploadedAsync(acme, "email,city,first_name\nana@example.com,,Ana\n");
        await PatchAsync(id, new { clears_with_blank = clears });

        await SomeFiles.DoAsync(acme, id, "run");

        Assert.That((await SomeFiles.CustomersAsync(acme))[0].GetProperty("city").GetString(), Is.EqualTo(city));
    }

    [Test]
    public async Task Undo_removes_who_was_created_and_restores_who_was_changed_except_who_was_touched_since()
    {
        await SomeFiles.ImportedAsync(acme, "email,city\nold@example.com,Graz\nolder@example.com,Graz\n");
        var before = (await SomeFiles.CustomersAsync(acme, "&filter[email][eq]=old@example.com"))[0];
        var id = await SomeFiles.ImportedAsync(acme, "email,city,phone\nold@example.com,Linz,+4312345678\nolder@example.com,Linz,\nnew@example.com,Linz,\nnewer@example.com,Linz,\n");
        await TouchAsync("older@example.com", new { city = "Bregenz" });
        await TouchAsync("newer@example.com", new { first_name = "Nina" });

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That(import.Text("status"), Is.EqualTo("undone"));
        Assert.That((import.Of("undo", "removed"), import.Of("undo", "restored"), import.Of("undo", "kept")), Is.EqualTo((1, 1, 2)));
        var after = (await SomeFiles.CustomersAsync(acme, "&filter[email][eq]=old@example.com"))[0];
        Assert.That((after.Text("city"), after.GetProperty("phone").GetString()), Is.EqualTo((before.Text("city"), before.GetProperty("phone").GetString())));
        Assert.That((await SomeFiles.CustomersAsync(acme, "&filter[email][eq]=older@example.com"))[0].Text("city"), Is.EqualTo("Bregenz"));
        Assert.That(await SomeFiles.CustomersAsync(acme, "&filter[email][eq]=new@example.com"), Is.Empty);
        Assert.That((await SomeFiles.RowsAsync(acme, id)).Select(r => r.GetProperty("undone").GetString()), Is.EqualTo(new[] { "taken_back", "kept", "taken_back", "kept" }));
    }

    [Test]
    public async Task Who_was_imported_and_has_ordered_since_stays_when_it_is_undone()
    {
        var id = await SomeFiles.ImportedAsync(acme, "email\nana@example.com\n");
        var ana = (await SomeFiles.CustomersAsync(acme))[0].Text("id");
        await acme.CreateAsync<JsonElement>("/v1/orders", new { customer_id = ana, lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } });

        var import = await SomeFiles.DoAsync(acme, id, "undo");

        Assert.That((import.Of("undo", "removed"), import.Of("undo", "kept")), Is.EqualTo((0, 1)));
        Assert.That(await SomeFiles.CustomersAsync(acme), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Segments_hold_whom_an_import_created_and_nobody_is_told_one_by_one()
    {
        var segment = await acme.CreateAsync<JsonElement>("/v1/segments", new { name = "Vienna", kind = "dynamic", rule = new { field = "city", op = "eq", value = "Vienna" } });
        await TestApi.RunJobsAsync();

        await SomeFiles.ImportedAsync(acme, "email,city\nana@example.com,Vienna\nbob@example.com,Graz\ncat@example.com,Vienna\n");

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/segments/{segment.Text("id")}")).GetProperty("size").GetInt32(), Is.EqualTo(2));
        Assert.That(await EventsAsync(), Has.None.EqualTo("segment.entered").And.None.EqualTo("customer.created").And.Some.EqualTo("import.finished"));
    }

    [Test]
    public async Task An_import_that_is_not_quiet_tells_of_each_customer()
    {
        var id = await SomeFiles.UploadedAsync(acme, "email\nana@example.com\nbob@example.com\n");
        await PatchAsync(id, new { quiet = false });

        await SomeFiles.DoAsync(acme, id, "run");

        Assert.That((await EventsAsync()).Count(type => type == "customer.created"), Is.EqualTo(2));
    }

    [Test]
    public async Task Thousands_of_rows_that_name_each_other_again_make_each_customer_once()
    {
        var file = new StringBuilder("email,first_name\n");
        for (var i = 0; i < 3000; i++) file.Append($"p{i % 2000}@example.com,Name{i}\n");

        var import = await SomeFiles.DoAsync(acme, await SomeFiles.UploadedAsync(acme, file.ToString()), "run");

        Assert.That((import.Of("run", "created"), import.Of("run", "updated")), Is.EqualTo((2000, 1000)));
        Assert.That((await SomeFiles.CustomersAsync(acme, "&filter[email][eq]=p7@example.com"))[0].Text("name"), Is.EqualTo("Name2007"));
    }

    [Test]
    public async Task Rows_that_somebody_else_writes_meanwhile_are_not_written_twice()
    {
        var id = await SomeFiles.UploadedAsync(acme, "email,first_name\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"p{i}@example.com,Name{i}\n")));
        await acme.Http.PostAsync($"/v1/imports/{id}/run", null);

        await Task.WhenAll(TestApi.RunJobsAsync(), Task.WhenAll(Enumerable.Range(0, 40).Select(i => acme.Http.PostAsJsonAsync("/v1/customers", new { email = $"p{i * 10}@example.com", first_name = $"Name{i * 10}" }))));
        await TestApi.RunJobsAsync();

        var import = await acme.GetAsync<JsonElement>($"/v1/imports/{id}");
        Assert.That(import.Of("run", "created") + import.Of("run", "skipped") + import.Of("run", "updated"), Is.EqualTo(400));
        await acme.WithDbAsync(async db => Assert.That(await db.FindAsync<int>(Count, null, default), Is.EqualTo(400)));
    }

    [Test]
    public async Task A_run_that_was_cancelled_goes_on_where_it_stopped()
    {
        var id = await SomeFiles.UploadedAsync(acme, "email\nana@example.com\nbob@example.com\n");
        var cancelled = default(JsonElement);
        await TestApi.BeforeJobsRunAsync(async () =>
        {
            await acme.Http.PostAsync($"/v1/imports/{id}/run", null);
            cancelled = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsync($"/v1/imports/{id}/cancel", null));
        });
        await TestApi.RunJobsAsync();
        Assert.That(await SomeFiles.CustomersAsync(acme), Is.Empty);

        var import = await SomeFiles.DoAsync(acme, id, "run");

        Assert.That(cancelled.Text("status"), Is.EqualTo("cancelled"));
        Assert.That((import.Text("status"), import.Of("run", "created")), Is.EqualTo(("finished", 2)));
    }

    [TestCase("dry_run")]
    [TestCase("run")]
    public async Task What_fails_again_and_again_ends_by_saying_so(string what)
    {
        var id = await SomeFiles.UploadedAsync(acme, "email,city\nana@example.com,Graz\n");
        await TestApi.BeforeJobsRunAsync(async () =>
        {
            await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsync($"/v1/imports/{id}/{what}", null));
            await acme.WithDbAsync(async db =>
            {
                await db.ExecuteAsync(Muddle, null, default);
                await db.ExecuteAsync(SomeFiles.LastAttempt, null, default);
            });
        });

        await TestApi.RunJobsAsync();

        var import = await acme.GetAsync<JsonElement>($"/v1/imports/{id}");
        Assert.That((import.Text("status"), import.Text("failure_code")), Is.EqualTo(("failed", "gave_up")));
        Assert.That(await EventsAsync(), Has.Some.EqualTo("import.failed"));
        Assert.That((await acme.Http.DeleteAsync($"/v1/imports/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Whom_a_run_wrote_before_it_failed_segments_know()
    {
        var segment = await acme.CreateAsync<JsonElement>("/v1/segments", new { name = "Vienna", kind = "dynamic", rule = new { field = "city", op = "eq", value = "Vienna" } });
        var id = await SomeFiles.UploadedAsync(acme, "email,city\nana@example.com,Vienna\n");
        // A file that broke after it was looked through: a line of more than a mebibyte.
        await File.WriteAllTextAsync($"{TestApi.DatabaseFile}-files/{acme.Id}/{id}.import",
            "email,city\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"p{i}@example.com,Vienna\n")) + new string('x', 2 << 20));

        var import = await SomeFiles.DoAsync(acme, id, "run");

        Assert.That((import.Text("status"), import.Of("run", "created")), Is.EqualTo(("failed", 1000)));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/segments/{segment.Text("id")}")).GetProperty("size").GetInt32(), Is.EqualTo(1000));
    }

    [Test]
    public async Task What_is_done_cannot_be_done_again()
    {
        var id = await SomeFiles.ImportedAsync(acme, "email\nana@example.com\n");

        foreach (var what in new[] { "run", "dry_run", "cancel" })
            Assert.That((await Problem.OfAsync(await acme.Http.PostAsync($"/v1/imports/{id}/{what}", null))).Code, Is.EqualTo("import_not_ready"), what);
        Assert.That((await PatchAsync(id, new { on_match = "skip" })).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task Progress_is_a_stream_that_ends_when_nothing_goes_on()
    {
        var id = await SomeFiles.ImportedAsync(acme, "email\nana@example.com\n");

        var response = await acme.Http.GetAsync($"/v1/imports/{id}/progress");

        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        Assert.That(text, Does.StartWith("event: progress\ndata: {\"import_id\":\"" + id).And.Contain("\"status\":\"finished\"").And.Contain("\"created\":1"));
    }

    [Test]
    public async Task A_deleted_import_takes_its_file_along_and_leaves_the_customers()
    {
        var id = await SomeFiles.ImportedAsync(acme, "email\nana@example.com\n");

        await acme.Http.DeleteAsync($"/v1/imports/{id}");
        await TestApi.RunJobsAsync();

        Assert.That((await acme.Http.GetAsync($"/v1/imports/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(Directory.GetFiles($"{TestApi.DatabaseFile}-files/{acme.Id}"), Is.Empty);
        Assert.That(await SomeFiles.CustomersAsync(acme), Has.Length.EqualTo(1));
    }

    private async Task TouchAsync(string email, object change)
    {
        var customer = (await SomeFiles.CustomersAsync(acme, $"&filter[email][eq]={email}"))[0];
        await acme.Http.PatchAsync($"/v1/customers/{customer.Text("id")}", JsonContent.Create(change));
    }

    private Task<HttpResponseMessage> PatchAsync(string id, object body) => acme.Http.PatchAsync($"/v1/imports/{id}", JsonContent.Create(body));

    private async Task<string[]> EverybodyAsync() => [.. (await SomeFiles.CustomersAsync(acme)).Select(c => c.GetRawText())];

    private async Task<string[]> EventsAsync() => [.. (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Select(e => e.Text("type"))];

    private static readonly CustomerCrm.Platform.Data.TenantSql Count = CustomerCrm.Platform.Data.TenantSql.Of("SELECT COUNT(*) FROM Customers WHERE TenantId = @TenantId");

    // As no upload leaves it: the job meets a fault of ours.
    private static readonly CustomerCrm.Platform.Data.TenantSql Muddle = CustomerCrm.Platform.Data.TenantSql.Of("""
        UPDATE Imports SET ColumnsText = '[{"name":"email","samples":[]},{"name":"email","samples":[]}]' WHERE TenantId = @TenantId
        """);
}
