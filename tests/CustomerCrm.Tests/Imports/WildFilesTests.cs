using System.Text;
using System.Text.Json;
using CustomerCrm.Imports.Mapping;

namespace CustomerCrm.Tests.Imports;

/// <summary>Files as other programs write them.</summary>
public class WildFilesTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_shops_customers_have_their_addresses_and_digits_that_were_marked_as_text()
    {
        const string file = """
            Customer ID,First Name,Last Name,Email,Default Address Company,Default Address Address1,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Tags
            '7012345678901,Ana,Lee,ana@example.com,Acme,Weg 1,Vienna,W,AT,'1010,'+436601112233,'+436601112233,"vip, wholesale"

            """;

        var id = await SomeFiles.ImportedAsync(acme, file);

        var ana = (await SomeFiles.CustomersAsync(acme)).Single();
        Assert.That((ana.Text("company"), ana.Text("address"), ana.Text("city"), ana.Text("region"), ana.Text("country"), ana.Text("postal_code"), ana.Text("phone")),
            Is.EqualTo(("Acme", "Weg 1", "Vienna", "W", "AT", "1010", "+436601112233")));
        Assert.That((await SomeFiles.CustomersAsync(acme, "&filter[external_id][eq]=import:7012345678901")).Length + (await acme.GetAsync<JsonElement>($"/v1/imports/{id}")).Of("run", "invalid"), Is.EqualTo(1));
    }

    [Test]
    public async Task Contacts_of_another_CRM_are_known_by_their_number_there()
    {
        var import = await UploadedAsync("Record ID,First Name,Country/Region,State/Region\n51,Maria,AT,Styria\n");

        Assert.That(Mapping(import), Is.EqualTo("Record ID=external_id:import First Name=first_name Country/Region=country State/Region=region"));
    }

    [Test]
    public async Task An_audience_whose_birthdays_have_no_year_is_imported_without_them()
    {
        var id = await SomeFiles.ImportedAsync(acme, "Email Address,Birthday,TAGS\nana@example.com,03/22,\"\"\"Customer\"\",\"\"VIP\"\"\"\n");

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/imports/{id}")).Of("run", "created"), Is.EqualTo(1));
        var tags = await acme.GetAsync<JsonElement>($"/v1/customers/{(await SomeFiles.CustomersAsync(acme)).Single().Text("id")}/tags?sort=name");
        Assert.That(tags.GetProperty("data").EnumerateArray().Select(tag => tag.Text("name")), Is.EqualTo(new[] { "Customer", "VIP" }));
    }

    [Test]
    public async Task A_cell_that_is_no_date_does_not_hide_how_the_others_are_written()
    {
        var import = await UploadedAsync("email,birthday\na@example.com,31.12.1980\nb@example.com,unknown\nc@example.com,1.2.1990\n");

        Assert.That(import.GetProperty("mapping")[1].Text("date_format"), Is.EqualTo("d.M.yyyy"));
    }

    [Test]
    public async Task Rows_of_separators_alone_are_none_and_empty_cells_behind_the_last_column_are_not_too_many()
    {
        var id = await SomeFiles.ImportedAsync(acme, "email;name\r\nana@example.com;Ana;;\r\n;;;\r\n \t;\r\nbob@example.com;Bob;x\r\n;\r\ncat@example.com;Cat\r\n;;\r\n;;\r\n");

        var import = await acme.GetAsync<JsonElement>($"/v1/imports/{id}");
        var error = (await acme.GetAsync<JsonElement>($"/v1/imports/{id}/errors")).GetProperty("data").EnumerateArray().Single();
        Assert.That((import.GetProperty("rows").GetInt32(), import.GetProperty("position").GetInt32(), import.Of("run", "created"), import.Of("run", "invalid")), Is.EqualTo((3, 3, 2, 1)));
        Assert.That((error.GetProperty("line").GetInt32(), error.GetProperty("number").GetInt32(), error.Text("code")), Is.EqualTo((5, 2, "too_many_cells")));
    }

    [TestCase("AT", "AT")]
    [TestCase("at", "AT")]
    [TestCase("Österreich", "AT")]
    [TestCase("Austria", "AT")]
    [TestCase("UNITED STATES", "US")]
    [TestCase("USA", "US")]
    [TestCase("UK", "GB")]
    [TestCase("Česko", "CZ")]
    [TestCase("Ελλάδα", "GR")]
    [TestCase("Côte d’Ivoire", "CI")]
    [TestCase("Wonderland", "Wonderland")]
    [TestCase("", "")]
    public void A_country_is_known_by_its_name(string text, string code) => Assert.That(CountryNames.CodeOf(text), Is.EqualTo(code));

    [Test]
    public async Task A_countrys_name_becomes_its_code_and_tells_how_a_phone_number_is_read()
    {
        await SomeFiles.ImportedAsync(acme, "email,phone,country\nana@example.com,(415) 555-2671,United States\n");

        var ana = (await SomeFiles.CustomersAsync(acme)).Single();
        Assert.That((ana.Text("country"), ana.Text("phone")), Is.EqualTo(("US", "+14155552671")));
    }

    [TestCase("E-Mail", "Incoming", "email", "inbound")]
    [TestCase("Anruf", "ausgehend", "phone", "outbound")]
    [TestCase("SMS", "sent", "sms", "outbound")]
    public async Task A_channel_and_a_direction_may_be_said_as_people_say_them(string saidChannel, string saidDirection, string channel, string direction)
    {
        await SomeFiles.ImportedAsync(acme, $"email,channel,direction\nana@example.com,{saidChannel},{saidDirection}\n", "resource=interactions");

        var call = (await acme.GetAsync<JsonElement>("/v1/interactions")).GetProperty("data").EnumerateArray().Single();
        Assert.That((call.Text("channel"), call.Text("direction")), Is.EqualTo((channel, direction)));
    }

    [Test]
    public async Task Ids_of_ours_in_a_file_that_was_exported_are_no_external_ids()
    {
        var ana = await acme.CreateAsync<JsonElement>("/v1/customers", new { email = "ana@example.com" });

        var import = await UploadedAsync($"id,email,city\n{ana.Text("id")},ana@example.com,Graz\n");

        Assert.That(Mapping(import), Is.EqualTo("email=email city=city"));
    }

    private async Task<JsonElement> UploadedAsync(string file) => await TestTenant.ReadAsync<JsonElement>(await SomeFiles.UploadAsync(acme, Encoding.UTF8.GetBytes(file)));

    private static string Mapping(JsonElement import) =>
        string.Join(' ', import.GetProperty("mapping").EnumerateArray().Select(m => $"{m.Text("column")}={m.Text("field")}{(m.GetProperty("source").GetString() is { } source ? $":{source}" : "")}"));
}
