using System.Net;
using System.Text;
using System.Text.Json;

namespace CustomerCrm.Tests.Imports;

public class UploadImportTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task What_a_spreadsheet_wrote_is_recognised_and_a_mapping_proposed()
    {
        var file = Encoding.Latin1.GetBytes("Vorname;Nachname;E-Mail;Telefon;Geburtsdatum;PLZ\r\nJürgen;Groß;j.gross@example.com;+49 30 1234567;31.12.1980;10115\r\n");

        var import = await TestTenant.ReadAsync<JsonElement>(await SomeFiles.UploadAsync(acme, file, "resource=customers&file_name=kunden.csv"));

        Assert.That(import.GetProperty("format").Text("encoding"), Is.EqualTo("windows-1252"));
        Assert.That(import.GetProperty("format").Text("separator"), Is.EqualTo(";"));
        Assert.That(import.GetProperty("format").GetProperty("has_header").GetBoolean(), Is.True);
        Assert.That(import.GetProperty("rows").GetInt32(), Is.EqualTo(1));
        Assert.That(import.GetProperty("columns")[0].GetProperty("samples")[0].GetString(), Is.EqualTo("Jürgen"));
        Assert.That(import.GetProperty("mapping").EnumerateArray().Select(m => m.Text("field")), Is.EqualTo(new[] { "first_name", "last_name", "email", "phone", "birth_date", "postal_code" }));
        Assert.That(import.GetProperty("mapping")[4].Text("date_format"), Is.EqualTo("dd.MM.yyyy"));
        Assert.That(import.Text("status"), Is.EqualTo("ready"));
        Assert.That(import.Text("file_name"), Is.EqualTo("kunden.csv"));
    }

    [Test]
    public async Task A_file_without_a_header_is_mapped_by_what_it_holds()
    {
        var import = await TestTenant.ReadAsync<JsonElement>(await SomeFiles.UploadAsync(acme, "1,ana@example.com\n2,bob@example.com\n"u8.ToArray()));

        Assert.That(import.GetProperty("rows").GetInt32(), Is.EqualTo(2));
        Assert.That(import.GetProperty("mapping")[0].Text("column"), Is.EqualTo("column_2"));
        Assert.That(import.GetProperty("mapping")[0].Text("field"), Is.EqualTo("email"));
    }

    [TestCase("email,name,name\nana@example.com,Ana,Anna\n", true)]
    [TestCase("Wien,Wien,Graz\nana@example.com,Ana,Anna\n", false)]
    public async Task Two_columns_may_be_called_the_same_where_one_name_is_known(string file, bool hasHeader)
    {
        var import = await TestTenant.ReadAsync<JsonElement>(await SomeFiles.UploadAsync(acme, Encoding.UTF8.GetBytes(file)));

        Assert.That(import.GetProperty("format").GetProperty("has_header").GetBoolean(), Is.EqualTo(hasHeader));
        if (hasHeader) Assert.That(import.GetProperty("mapping").EnumerateArray().Select(m => m.Text("field")), Is.EqualTo(new[] { "email", "name" }));
    }

    [TestCase("Kunden-Nr.;E-Mail;Vorname;Nachname;;\n4711;ana@example.com;Ana;Groß;;\n", "external_id email first_name last_name", "Kunden-Nr. E-Mail Vorname Nachname column_5 column_6")]
    [TestCase("email,name,\nana@example.com,Ana,\n", "email name", "email name column_3")]
    [TestCase("#,email,name\n1,ana@example.com,Ana\n", "email name", "# email name")]
    [TestCase("email,name,2023\nana@example.com,Ana,12\n", "email name", "email name 2023")]
    [TestCase("+436601234567,mobile,17\n+436601234568,home,18\n", "phone", "column_1 column_2 column_3")]
    public async Task A_header_is_recognised_by_the_names_that_are_known(string file, string fields, string columns)
    {
        var import = await TestTenant.ReadAsync<JsonElement>(await SomeFiles.UploadAsync(acme, Encoding.UTF8.GetBytes(file)));

        Assert.That(string.Join(' ', import.GetProperty("mapping").EnumerateArray().Select(m => m.Text("field"))), Is.EqualTo(fields));
        Assert.That(string.Join(' ', import.GetProperty("columns").EnumerateArray().Select(c => c.Text("name"))), Is.EqualTo(columns));
    }

    [TestCase("Email,Email,Email (2)", "Email", "Email (3)", "Email (2)")]
    [TestCase("Email,Email (2),Email", "Email", "Email (2)", "Email (3)")]
    [TestCase("Email,email,EMAIL", "Email", "email (2)", "EMAIL (3)")]
    public async Task Columns_are_told_apart_even_if_one_is_called_like_the_second_of_another(string header, params string[] expected)
    {
        var id = await SomeFiles.UploadedAsync(acme, $"{header}\nana@example.com,a@example.com,b@example.com\n");

        var import = await SomeFiles.DoAsync(acme, id, "dry_run");

        Assert.That(import.GetProperty("columns").EnumerateArray().Select(c => c.Text("name")), Is.EqualTo(expected));
        Assert.That((import.Text("status"), import.Of("dry_run", "created")), Is.EqualTo(("checked", 1)));
    }

    [Test]
    public async Task A_hundred_thousand_times_the_same_name_is_read_without_delay()
    {
        var problem = await Problem.OfAsync(await SomeFiles.UploadAsync(acme, Encoding.UTF8.GetBytes("email" + string.Concat(Enumerable.Repeat(",email", 100_000)) + "\nana@example.com\n")));

        Assert.That(problem.Document.GetProperty("errors")[0].Text("code"), Is.EqualTo("too_many_columns"));
    }

    [Test]
    public async Task Any_separator_is_taken_or_refused_and_a_control_character_is_refused()
    {
        for (var c = '\0'; c <= 0x7F; c++)
        {
            var response = await SomeFiles.UploadAsync(acme, "email\nana@example.com\n"u8.ToArray(), $"resource=customers&separator={Uri.EscapeDataString($"{c}")}");

            var expected = char.IsLetterOrDigit(c) || c is '"' or '\'' || (char.IsControl(c) && c != '\t') ? HttpStatusCode.BadRequest : HttpStatusCode.Created;
            Assert.That(response.StatusCode, Is.EqualTo(expected), $"{(int)c}");
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Another_file_under_the_same_idempotency_key_is_refused_however_long_it_is(bool isChunked)
    {
        var first = await SendAsync("email\nana@example.com\n");
        var same = await SendAsync("email\nana@example.com\n");
        var other = await Problem.OfAsync(await SendAsync("email\nbob@example.com\n"));

        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await same.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
        Assert.That((other.Status, other.Code), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused")));
        Assert.That(FilesOf(acme), Has.Length.EqualTo(1));

        async Task<HttpResponseMessage> SendAsync(string file)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/imports?resource=customers") { Content = new StringContent(file, Encoding.UTF8, "text/csv") };
            request.Headers.Add("Idempotency-Key", "upload-1");
            request.Headers.TransferEncodingChunked = isChunked;
            return await acme.Http.SendAsync(request);
        }
    }

    [Test]
    public async Task The_upload_may_say_how_the_file_is_written()
    {
        var import = await TestTenant.ReadAsync<JsonElement>(await SomeFiles.UploadAsync(acme, Encoding.Unicode.GetBytes("a|b\nc|d\n"), "resource=customers&separator=%7C&encoding=utf-16&has_header=false"));

        Assert.That(import.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("samples")[0].GetString()), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task JSON_lines_have_their_members_as_columns()
    {
        var import = await TestTenant.ReadAsync<JsonElement>(await SomeFiles.UploadAsync(acme, "{\"email\":\"ana@example.com\"}\n\n{\"email\":\"bob@example.com\",\"city\":\"Graz\"}\n"u8.ToArray(), media: "application/x-ndjson"));

        Assert.That(import.GetProperty("rows").GetInt32(), Is.EqualTo(2));
        Assert.That(import.GetProperty("mapping").EnumerateArray().Select(m => m.Text("field")), Is.EqualTo(new[] { "email", "city" }));
    }

    [Test]
    public async Task A_member_that_comes_late_in_JSON_lines_is_a_column_too()
    {
        var file = string.Concat(Enumerable.Range(0, 1100).Select(i => $"{{\"email\":\"p{i}@example.com\"}}\n")) + "{\"email\":\"late@example.com\",\"city\":\"Graz\"}\n";

        var id = await SomeFiles.ImportedAsync(acme, file, media: "application/x-ndjson");

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/imports/{id}")).GetProperty("columns").EnumerateArray().Select(c => c.Text("name")), Is.EqualTo(new[] { "email", "city" }));
        Assert.That((await SomeFiles.CustomersAsync(acme, "&filter[email][eq]=late@example.com")).Single().Text("city"), Is.EqualTo("Graz"));
    }

    [Test]
    public async Task More_members_than_a_file_may_have_columns_are_refused_wherever_they_come()
    {
        var file = string.Concat(Enumerable.Range(0, 1201).Select(i => $"{{\"member_{Math.Max(0, i - 1000)}\":1}}\n"));

        var problem = await Problem.OfAsync(await SomeFiles.UploadAsync(acme, Encoding.UTF8.GetBytes(file), media: "application/x-ndjson"));

        Assert.That(problem.Document.GetProperty("errors")[0].Text("code"), Is.EqualTo("too_many_columns"));
    }

    [TestCase("", "no_rows")]
    [TestCase("email\n", "no_rows")]
    public async Task A_file_without_rows_is_refused(string file, string code)
    {
        var problem = await Problem.OfAsync(await SomeFiles.UploadAsync(acme, Encoding.UTF8.GetBytes(file)));

        Assert.That(problem.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(problem.Document.GetProperty("errors")[0].Text("code"), Is.EqualTo(code));
    }

    [TestCase(1_000_000, HttpStatusCode.Created)]
    [TestCase(1_000_001, HttpStatusCode.UnprocessableEntity)]
    public async Task A_million_rows_are_taken_and_one_more_is_not(int rows, HttpStatusCode expected)
    {
        var file = new StringBuilder("email\n", rows * 4).Insert(6, "a@b\n", rows).ToString();

        var response = await SomeFiles.UploadAsync(acme, Encoding.UTF8.GetBytes(file));

        Assert.That(response.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task More_than_fifty_mebibytes_are_refused_and_nothing_of_them_is_kept()
    {
        var problem = await Problem.OfAsync(await SomeFiles.UploadAsync(acme, new byte[(50 << 20) + 1]));

        Assert.That(problem.Code, Is.EqualTo("body_too_large"));
        Assert.That(FilesOf(acme), Is.Empty);
    }

    [Test]
    public async Task A_refused_upload_leaves_no_file_behind()
    {
        await SomeFiles.UploadAsync(acme, "email\n"u8.ToArray());

        Assert.That(FilesOf(acme), Is.Empty);
    }

    [TestCase("", "resource")]
    [TestCase("resource=planets", "resource")]
    [TestCase("resource=customers&separator=ab", "separator")]
    [TestCase("resource=customers&encoding=klingon", "encoding")]
    [TestCase("resource=customers&encoding=utf-7", "encoding")]
    public async Task What_is_said_wrong_of_a_file_is_named(string query, string parameter)
    {
        var problem = await Problem.OfAsync(await SomeFiles.UploadAsync(acme, "email\na@b.example\n"u8.ToArray(), query));

        Assert.That(problem.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(problem.Pointers, Is.EqualTo(new[] { $"?{parameter}" }));
    }

    [Test]
    public async Task A_mapping_is_checked_as_a_whole()
    {
        var id = await SomeFiles.UploadedAsync(acme, "email,nr\nana@example.com,7\n");

        var problem = await Problem.OfAsync(await PatchAsync(id, new { mapping = new object[] { new { column = "mail", field = "email" }, new { column = "nr", field = "external_id" }, new { column = "nr", field = "shoe_size" } } }));

        Assert.That(problem.Pointers, Is.EqualTo(new[] { "/mapping/0/column", "/mapping/1/source", "/mapping/2/column", "/mapping/2/field" }));
    }

    [Test]
    public async Task An_import_that_says_nobody_cannot_run()
    {
        var id = await SomeFiles.UploadedAsync(acme, "first_name\nAna\n");

        var problem = await Problem.OfAsync(await acme.Http.PostAsync($"/v1/imports/{id}/run", null));

        Assert.That(problem.Document.GetProperty("errors")[0].Text("code"), Is.EqualTo("identity_needed"));
    }

    [Test]
    public async Task A_key_that_may_not_write_customers_may_not_import_them()
    {
        var created = await acme.CreateAsync<JsonElement>("/v1/api_keys", new { name = "Importer", scopes = new[] { "imports:write" } });
        using var http = TestTenant.ClientOf(created.Text("key"));
        using var file = new StringContent("email\nana@example.com\n", Encoding.UTF8, "text/csv");

        var problem = await Problem.OfAsync(await http.PostAsync("/v1/imports?resource=customers", file));

        Assert.That(problem.Code, Is.EqualTo("scope_missing"));
    }

    private Task<HttpResponseMessage> PatchAsync(string id, object body) =>
        acme.Http.PatchAsync($"/v1/imports/{id}", new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));

    private static string[] FilesOf(TestTenant tenant) => Directory.Exists(FolderOf(tenant)) ? Directory.GetFiles(FolderOf(tenant)) : [];

    private static string FolderOf(TestTenant tenant) => Path.Combine($"{TestApi.DatabaseFile}-files", $"{tenant.Id}");
}
