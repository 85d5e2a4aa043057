using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Imports.Mapping;

namespace CustomerCrm.Tests.Imports;

public class DateFormatTests
{
    private const string Calls = "email,channel,direction,date\n";

    [TestCase("dd.MM.yyyy", true)]
    [TestCase("d/M/yy", true)]
    [TestCase("MMM d, yyyy", true)]
    [TestCase("yyyyMMdd", true)]
    [TestCase("dd.MM.yyyy HH:mm", true)]
    [TestCase("MM/dd/yyyy hh:mm tt", true)]
    [TestCase("ddd, dd MMM yyyy HH:mm:ss zzz", true)]
    [TestCase("", false)]
    [TestCase("banana", false)]
    [TestCase("dd.mm.yyyy", false)]
    [TestCase("DD.MM.YYYY", false)]
    [TestCase("dd.MM.", false)]
    [TestCase("yyyy", false)]
    [TestCase("dd.MM.yyyy hh:mm", false)]
    [TestCase("dd.MM.yyyy HH:MM", false)]
    [TestCase("dd.MM.yyyy 'o", false)]
    [TestCase("\\", false)]
    public void A_format_tells_the_whole_day_and_if_a_time_hours_and_minutes(string format, bool isOne) => Assert.That(WrittenTime.IsFormat(format), Is.EqualTo(isOne));

    [TestCase("banana")]
    [TestCase("")]
    [TestCase("dd.mm.yyyy")]
    public async Task Another_is_refused_where_it_stands(string format)
    {
        var acme = await TestTenant.NewAsync();
        var id = await SomeFiles.UploadedAsync(acme, "email,birthday\nana@example.com,31.12.1980\n");

        var problem = await Problem.OfAsync(await acme.Http.PatchAsync($"/v1/imports/{id}", JsonContent.Create(new
        {
            mapping = new object[] { new { column = "email", field = "email" }, new { column = "birthday", field = "birth_date", date_format = format } },
        })));

        Assert.That((problem.Status, problem.Pointers.Single()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "/mapping/1/date_format")));
    }

    [TestCase("2024-07-01T10:00:00", "2024-07-01T17:00:00Z")]
    [TestCase("2024-07-01T10:00", "2024-07-01T17:00:00Z")]
    [TestCase("2024-07-01 10:00:00", "2024-07-01T17:00:00Z")]
    [TestCase("2024-07-01 10:00:00 -0500", "2024-07-01T15:00:00Z")]
    [TestCase("2024-07-01 10:00:00+02:00", "2024-07-01T08:00:00Z")]
    [TestCase("2024-07-01T10:00:00.25Z", "2024-07-01T10:00:00.25Z")]
    [TestCase("2024-07-01", "2024-07-01T07:00:00Z")]
    [TestCase("01.07.2024 10:00", "2024-07-01T17:00:00Z")]
    [TestCase("07/25/2024 1:30 PM", "2024-07-25T20:30:00Z")]
    [TestCase("31.07.2024", "2024-07-31T07:00:00Z")]
    public async Task A_time_is_read_as_it_is_written_and_without_an_offset_where_the_tenant_is(string cell, string time)
    {
        var acme = await TestTenant.NewAsync(timeZone: "America/Los_Angeles");

        await SomeFiles.ImportedAsync(acme, $"{Calls}ana@example.com,phone,inbound,{cell}\n", "resource=interactions");

        Assert.That((await acme.GetAsync<JsonElement>("/v1/interactions")).GetProperty("data").EnumerateArray().Select(call => call.Text("occurred_at")), Is.EqualTo(new[] { time }));
    }

    [Test]
    public async Task A_day_that_a_spreadsheet_wrote_with_a_time_is_that_day()
    {
        var acme = await TestTenant.NewAsync(timeZone: "America/Los_Angeles");

        await SomeFiles.ImportedAsync(acme, "email,birthday\nana@example.com,31.12.1980 00:00:00\n");

        Assert.That((await SomeFiles.CustomersAsync(acme)).Single().Text("birth_date"), Is.EqualTo("1980-12-31"));
    }
}
