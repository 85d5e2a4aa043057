using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tests.Imports;

namespace CustomerCrm.Tests.Exports;

public class ExportTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_list_becomes_a_file_that_a_browser_downloads_by_a_signed_link()
    {
        await acme.CreateAsync<JsonElement>("/v1/customers", new { name = "=HYPERLINK(\"http://evil.example\")", email = "ana@example.com", phone = "+4312345678" });
        var export = await ExportedAsync(new { list = "customers" });

        var link = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsync($"/v1/exports/{export.Text("id")}/link", null));
        var response = await TestApi.NewClient().GetAsync(new Uri(link.Text("url")).PathAndQuery);

        Assert.That(export.Text("status"), Is.EqualTo("finished"));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/csv"));
        Assert.That(response.Content.Headers.ContentDisposition!.FileName, Is.EqualTo("customers-2030-01-15.csv"));
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.That(lines[0], Does.Contain("id,name,first_name"));
        Assert.That(lines[1], Does.Contain("\"'=HYPERLINK(\"\"http://evil.example\"\")\"").And.Contain("'+4312345678"));
    }

    [Test]
    public async Task A_file_holds_what_the_list_would_show_with_its_filters_and_order()
    {
        foreach (var (name, country) in new[] { ("Ana", "AT"), ("Bob", "DE"), ("Cat", "AT") }) await acme.CreateAsync<JsonElement>("/v1/customers", new { name, country });

        var export = await ExportedAsync(new { list = "customers", query = "filter[country][eq]=AT&sort=-name", format = "json_lines" });

        var file = await acme.Http.GetStringAsync($"/v1/exports/{export.Text("id")}/file");
        Assert.That(file.Trim().Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line).Text("name")), Is.EqualTo(new[] { "Cat", "Ana" }));
        Assert.That(export.GetProperty("rows").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_segments_members_can_be_exported()
    {
        var customer = await acme.CreateAsync<JsonElement>("/v1/customers", new { name = "Ana" });
        var segment = await acme.CreateAsync<JsonElement>("/v1/segments", new { name = "Some", kind = "static" });
        await acme.Http.PostAsJsonAsync($"/v1/segments/{segment.Text("id")}/members", new { customer_ids = new[] { customer.Text("id") } });

        var export = await ExportedAsync(new { list = "segment_members", segment_id = segment.Text("id") });

        Assert.That(await acme.Http.GetStringAsync($"/v1/exports/{export.Text("id")}/file"), Does.Contain(customer.Text("id")));
    }

    [TestCase("planets", "", "/list")]
    [TestCase("segment_members", "", "/segment_id")]
    [TestCase("customers", "filter[shoe_size][eq]=46", "/query")]
    [TestCase("customers", "filter[created_at][gte]=yesterday", "/query")]
    [TestCase("customers", "sort=shoe_size", "/query")]
    public async Task What_cannot_be_exported_is_refused_before_it_begins(string list, string query, string pointer)
    {
        var problem = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/exports", new { list, query }));

        Assert.That((problem.Status, problem.Pointers.Single()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, pointer)));
    }

    [Test]
    public async Task Two_exports_may_be_at_work_at_once()
    {
        await TestApi.BeforeJobsRunAsync(async () =>
        {
            foreach (var expected in new[] { HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Conflict })
                Assert.That((await acme.Http.PostAsJsonAsync("/v1/exports", new { list = "orders" })).StatusCode, Is.EqualTo(expected));
        });

        await TestApi.RunJobsAsync();

        Assert.That((await acme.Http.PostAsJsonAsync("/v1/exports", new { list = "orders" })).StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    public async Task A_link_opens_its_own_file_and_nothing_else()
    {
        var (one, other) = (await ExportedAsync(new { list = "customers" }), await ExportedAsync(new { list = "orders" }));
        var url = new Uri((await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsync($"/v1/exports/{one.Text("id")}/link", null))).Text("url")).PathAndQuery;
        var anybody = TestApi.NewClient();

        Assert.That((await anybody.GetAsync(url)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await anybody.GetAsync(url)).StatusCode, Is.EqualTo(HttpStatusCode.OK), "a download that broke off is begun again");
        Assert.That((await anybody.GetAsync(url.Replace(one.Text("id"), other.Text("id"), StringComparison.Ordinal))).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await anybody.GetAsync(url[..^4] + "AAAA")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await anybody.GetAsync($"/v1/customers?{url.Split('?')[1]}")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_ticket_opens_the_progress_of_its_import_once()
    {
        var id = await SomeFiles.ImportedAsync(acme, "email\nana@example.com\n");
        var url = new Uri((await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsync($"/v1/imports/{id}/progress_ticket", null))).Text("url")).PathAndQuery;

        Assert.That(await TestApi.NewClient().GetStringAsync(url), Does.Contain("\"status\":\"finished\""));
        Assert.That((await TestApi.NewClient().GetAsync(url)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task What_is_in_a_file_is_for_keys_that_may_read_it()
    {
        var export = await ExportedAsync(new { list = "customers" });
        var path = $"/v1/exports/{export.Text("id")}";
        using var other = TestTenant.ClientOf((await acme.CreateAsync<JsonElement>("/v1/api_keys", new { name = "Exporter", scopes = new[] { "exports:read", "exports:write" } })).Text("key"));

        var (file, link) = (await Problem.OfAsync(await other.GetAsync($"{path}/file")), await Problem.OfAsync(await other.PostAsync($"{path}/link", null)));

        Assert.That((file.Status, file.Code, link.Status, link.Code), Is.EqualTo((HttpStatusCode.Forbidden, "scope_missing", HttpStatusCode.Forbidden, "scope_missing")));
        Assert.That((await other.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_deleted_export_takes_its_file_along()
    {
        var export = await ExportedAsync(new { list = "customers" });

        await acme.Http.DeleteAsync($"/v1/exports/{export.Text("id")}");

        Assert.That((await acme.Http.GetAsync($"/v1/exports/{export.Text("id")}/file")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(Directory.GetFiles($"{TestApi.DatabaseFile}-files/{acme.Id}"), Is.Empty);
    }

    [Test]
    public async Task What_was_exported_can_be_imported_again()
    {
        await acme.CreateAsync<JsonElement>("/v1/customers", new { name = "Ana Čapek", email = "ana@example.com", phone = "+4312345678", city = "Vienna", birth_date = "1980-12-31" });
        var export = await ExportedAsync(new { list = "customers" });
        var file = await acme.Http.GetByteArrayAsync($"/v1/exports/{export.Text("id")}/file");
        var other = await TestTenant.NewAsync();

        var import = await TestTenant.ReadAsync<JsonElement>(await SomeFiles.UploadAsync(other, file));
        await SomeFiles.DoAsync(other, import.Text("id"), "run");

        var ana = (await SomeFiles.CustomersAsync(other)).Single();
        Assert.That((ana.Text("name"), ana.Text("email"), ana.Text("phone"), ana.Text("city"), ana.Text("birth_date")), Is.EqualTo(("Ana Čapek", "ana@example.com", "+4312345678", "Vienna", "1980-12-31")));
    }

    [TestCase("\n=1")]
    [TestCase("\t=1")]
    [TestCase("\r=1")]
    [TestCase("＝1+1")]
    [TestCase("'=1")]
    [TestCase("'s-Gravendijkwal 1")]
    public async Task What_a_spreadsheet_would_run_is_text_in_the_file_and_comes_back_as_it_was(string address)
    {
        await acme.CreateAsync<JsonElement>("/v1/customers", new { email = "ana@example.com", address });
        var export = await ExportedAsync(new { list = "customers" });
        var file = await acme.Http.GetByteArrayAsync($"/v1/exports/{export.Text("id")}/file");
        var other = await TestTenant.NewAsync();

        var import = await TestTenant.ReadAsync<JsonElement>(await SomeFiles.UploadAsync(other, file));
        await SomeFiles.DoAsync(other, import.Text("id"), "run");

        Assert.That(Encoding.UTF8.GetString(file), Does.Contain(address[0] == '\'' && address[1] != '=' ? $",\"{address}\"," : $",\"'{address}\","));
        Assert.That((await SomeFiles.CustomersAsync(other)).Single().Text("address"), Is.EqualTo(address));
    }

    [Test]
    public async Task One_that_is_given_up_says_so_leaves_its_place_and_can_be_asked_for_again()
    {
        JsonElement export = default;
        await TestApi.BeforeJobsRunAsync(async () =>
        {
            export = await acme.CreateAsync<JsonElement>("/v1/exports", new { list = "customers" });
            await acme.WithDbAsync(async db =>
            {
                await db.ExecuteAsync(Rename, new { List = "planets" }, default);
                await db.ExecuteAsync(SomeFiles.LastAttempt, null, default);
            });
        });
        await TestApi.RunJobsAsync();

        var failed = await acme.GetAsync<JsonElement>($"/v1/exports/{export.Text("id")}");
        var job = (await acme.GetAsync<JsonElement>("/v1/jobs")).GetProperty("data").EnumerateArray().Single();
        await acme.WithDbAsync(db => db.ExecuteAsync(Rename, new { List = "customers" }, default));
        await acme.Http.PostAsync($"/v1/jobs/{job.Text("id")}/replay", null);
        await TestApi.RunJobsAsync();

        Assert.That((failed.Text("status"), failed.Text("failure_code")), Is.EqualTo(("failed", "gave_up")));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/exports/{export.Text("id")}")).Text("status"), Is.EqualTo("finished"));
    }

    private static readonly TenantSql Rename = TenantSql.Of("UPDATE Exports SET List = @List WHERE TenantId = @TenantId");

    private async Task<JsonElement> ExportedAsync(object request)
    {
        var export = await acme.CreateAsync<JsonElement>("/v1/exports", request);
        await TestApi.RunJobsAsync();
        return await acme.GetAsync<JsonElement>($"/v1/exports/{export.Text("id")}");
    }
}
