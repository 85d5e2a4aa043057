using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Tests.BusinessCalendars;

public class BusinessCalendarTests
{
    private static readonly object[] weekdays = [.. new[] { "monday", "tuesday", "wednesday", "thursday", "friday" }.Select(day => new { day, from = "09:00", to = "17:00" })];
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync() => acme = await TestTenant.NewAsync("Europe/Vienna");

    [Test]
    public async Task Four_business_hours_from_Friday_afternoon_are_over_on_Monday()
    {
        var calendar = await CalendarAsync("Support");

        var counted = await acme.CreateAsync<JsonElement>($"/v1/business_calendars/{calendar}/calculation", new { from = "2030-01-18T14:30:00Z", minutes = 240 });

        Assert.That(counted.GetProperty("to").GetString(), Is.EqualTo("2030-01-21T10:30:00Z"));
        Assert.That(counted.GetProperty("is_open_at_from").GetBoolean(), Is.True);
        Assert.That(counted.GetProperty("openings").EnumerateArray().Select(o => o.GetProperty("day").GetString()), Is.EqualTo(new[] { "2030-01-18", "2030-01-21" }));
    }

    [Test]
    public async Task A_holiday_on_the_way_is_named()
    {
        var calendar = await CalendarAsync("Support");
        await acme.Http.PatchAsJsonAsync($"/v1/business_calendars/{calendar}", new { holidays = new[] { new { date = "2030-01-21", name = "Inventory" } } });

        var counted = await acme.CreateAsync<JsonElement>($"/v1/business_calendars/{calendar}/calculation", new { from = "2030-01-18T14:30:00Z", minutes = 240 });

        Assert.That(counted.GetProperty("to").GetString(), Is.EqualTo("2030-01-22T10:30:00Z"));
        Assert.That(counted.GetProperty("holidays")[0].GetProperty("name").GetString(), Is.EqualTo("Inventory"));
    }

    [Test]
    public async Task The_first_is_the_default_until_another_becomes_it()
    {
        var (first, second) = (await CalendarAsync("Support"), await CalendarAsync("Sales"));

        var refused = await acme.Http.PatchAsJsonAsync($"/v1/business_calendars/{first}", new { is_default = false });
        var kept = await Problem.OfAsync(await acme.Http.DeleteAsync($"/v1/business_calendars/{first}"));
        await acme.Http.PatchAsJsonAsync($"/v1/business_calendars/{second}", new { is_default = true });
        var removed = await acme.Http.DeleteAsync($"/v1/business_calendars/{first}");
        var last = await acme.Http.DeleteAsync($"/v1/business_calendars/{second}");

        Assert.That((refused.StatusCode, kept.Code), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "default_business_calendar")));
        Assert.That((removed.StatusCode, last.StatusCode), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NoContent)));
    }

    [Test]
    public async Task A_calendar_that_a_service_level_names_stays_until_none_does()
    {
        var (_, nights) = (await CalendarAsync("Support"), await CalendarAsync("Nights"));
        var sla = (await acme.CreateAsync<JsonElement>("/v1/slas", new { name = "Best customers", definition = new { calendar_id = nights, targets = new { normal = new { first_response_minutes = 60 } } } })).GetProperty("id").GetString();

        var kept = await acme.Http.DeleteAsync($"/v1/business_calendars/{nights}");
        var body = await kept.Content.ReadFromJsonAsync<JsonElement>();
        await acme.Http.DeleteAsync($"/v1/slas/{sla}");
        var removed = await acme.Http.DeleteAsync($"/v1/business_calendars/{nights}");

        Assert.That((kept.StatusCode, body.GetProperty("code").GetString(), body.GetProperty("sla_ids")[0].GetString()), Is.EqualTo((HttpStatusCode.Conflict, "business_calendar_in_use", sla)));
        Assert.That(body.GetProperty("detail").GetString(), Does.Contain("Best customers"));
        Assert.That(removed.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task The_hours_of_a_team_stay_until_it_has_others()
    {
        var (usual, nights) = (await CalendarAsync("Usual"), await CalendarAsync("Nights"));
        var team = (await acme.CreateAsync<JsonElement>("/v1/teams", new { name = "Night shift" })).GetProperty("id").GetString();
        await acme.Http.PutAsJsonAsync($"/v1/slas/teams/{team}/calendar", new { calendar_id = nights });

        var kept = await acme.Http.DeleteAsync($"/v1/business_calendars/{nights}");
        var body = await kept.Content.ReadFromJsonAsync<JsonElement>();
        await acme.Http.PutAsJsonAsync($"/v1/slas/teams/{team}/calendar", new { calendar_id = usual });
        var removed = await acme.Http.DeleteAsync($"/v1/business_calendars/{nights}");

        Assert.That((kept.StatusCode, body.GetProperty("code").GetString(), body.GetProperty("team_ids")[0].GetString()), Is.EqualTo((HttpStatusCode.Conflict, "business_calendar_in_use", team)));
        Assert.That(body.GetProperty("detail").GetString(), Is.EqualTo("These are the hours of 1 teams and 0 agents."));
        Assert.That(removed.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task The_hours_of_an_agent_stay_until_they_have_others()
    {
        var (_, nights) = (await CalendarAsync("Usual"), await CalendarAsync("Nights"));
        var agent = (await acme.UserAsync(Role.Agent)).Id;
        await acme.Http.PutAsJsonAsync($"/v1/agents/{agent}", new { calendar_id = nights });

        var kept = await acme.Http.DeleteAsync($"/v1/business_calendars/{nights}");
        var body = await kept.Content.ReadFromJsonAsync<JsonElement>();
        await acme.Http.PutAsJsonAsync($"/v1/agents/{agent}", new { });
        var removed = await acme.Http.DeleteAsync($"/v1/business_calendars/{nights}");

        Assert.That((kept.StatusCode, body.GetProperty("code").GetString(), body.GetProperty("user_ids")[0].GetString()), Is.EqualTo((HttpStatusCode.Conflict, "business_calendar_in_use", agent)));
        Assert.That(removed.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Of_twenty_that_come_at_once_one_is_the_default()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => CalendarAsync($"Calendar {i}")));

        var all = await acme.GetAsync<JsonElement>("/v1/business_calendars?limit=100");

        Assert.That(all.GetProperty("data").EnumerateArray().Count(c => c.GetProperty("is_default").GetBoolean()), Is.EqualTo(1));
        Assert.That(all.GetProperty("data").GetArrayLength(), Is.EqualTo(made.Length));
    }

    [TestCase("09:00", "09:00", "/hours/0/to", "ends_before_it_begins")]
    [TestCase("9:00", "17:00", "/hours/0/from", "time_invalid")]
    [TestCase("09:00", "24:01", "/hours/0/to", "time_invalid")]
    public async Task A_period_that_is_none_is_refused(string from, string to, string pointer, string code)
    {
        var problem = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/business_calendars", new { name = "Support", hours = new[] { new { day = "monday", from, to } } }));

        Assert.That(problem.Errors, Is.EqualTo(new[] { (pointer, code) }));
    }

    [Test]
    public async Task Periods_of_a_day_do_not_overlap_and_a_day_is_a_holiday_once()
    {
        var overlap = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/business_calendars", new
        {
            name = "Support",
            hours = new[] { new { day = "monday", from = "12:00", to = "17:00" }, new { day = "tuesday", from = "09:00", to = "17:00" }, new { day = "monday", from = "09:00", to = "12:01" } },
            holidays = new[] { new { date = "2030-01-01", name = "New Year" }, new { date = "2030-01-01", name = "Again" } },
        }));

        Assert.That(overlap.Errors, Is.EqualTo(new[] { ("/hours/0/from", "overlaps"), ("/holidays/1/date", "duplicate") }));
    }

    [Test]
    public async Task Holidays_come_from_a_calendar_file_and_a_repeat_adds_nothing()
    {
        var calendar = await CalendarAsync("Support");
        var body = new { ical = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Labour Day\nDTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY\nEND:VEVENT\nEND:VCALENDAR", from = "2030-01-01", to = "2031-12-31" };

        var first = await acme.CreateAsync<JsonElement>($"/v1/business_calendars/{calendar}/holidays/ical", body);
        var second = await acme.CreateAsync<JsonElement>($"/v1/business_calendars/{calendar}/holidays/ical", body);

        Assert.That(first.GetProperty("holidays").EnumerateArray().Select(h => h.GetProperty("date").GetString()), Is.EqualTo(new[] { "2030-05-01", "2031-05-01" }));
        Assert.That(second.GetProperty("revision").GetInt32(), Is.EqualTo(first.GetProperty("revision").GetInt32()));
    }

    [Test]
    public async Task A_file_that_cannot_be_read_changes_nothing()
    {
        var calendar = await CalendarAsync("Support");

        var problem = await Problem.OfAsync(await acme.Http.PostAsJsonAsync($"/v1/business_calendars/{calendar}/holidays/ical", new { ical = "<html>", from = "2030-01-01", to = "2030-12-31" }));

        Assert.That(problem.Errors, Is.EqualTo(new[] { ("/ical", "ical_invalid") }));
    }

    private async Task<string> CalendarAsync(string name) =>
        (await acme.CreateAsync<JsonElement>("/v1/business_calendars", new { name, hours = weekdays })).GetProperty("id").GetString()!;
}
