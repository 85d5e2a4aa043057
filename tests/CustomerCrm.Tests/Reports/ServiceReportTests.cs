using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;
using CustomerCrm.Tickets;
using CustomerCrm.Users;

namespace CustomerCrm.Tests.Reports;

/// <summary>A week of six tickets, whose figures were worked out by hand.</summary>
public class ServiceReportTests
{
    private const string Week = "from=2030-01-07&to=2030-01-13";

    [Test]
    public async Task Waits_are_counted_as_open_time_and_in_all()
    {
        var (service, _) = await WeekAsync();

        var metrics = await service.MetricsAsync(Week);

        // First responses: 60, 10 and 15 minutes, of which 30, 10 and 15 were open.
        var first = metrics["first_response"];
        Assert.That((first.GetProperty("n").GetInt64(), first.GetProperty("n_before").GetInt64(), first.GetProperty("sufficient").GetBoolean(), first.GetProperty("reason").GetString()), Is.EqualTo((3, 1, false, "too_few")));
        Assert.That((SomeService.Value(first, "median", "elapsed"), SomeService.Value(first, "mean", "elapsed"), SomeService.Value(first, "p90", "elapsed")), Is.EqualTo((900.0, 1700.0, 3600.0)));
        Assert.That((SomeService.Value(first, "median", "business"), SomeService.Value(first, "mean", "business"), SomeService.Value(first, "p90", "business")), Is.EqualTo((900.0, 1100.0, 1800.0)));
        Assert.That((SomeService.Value(first, "median", "elapsed", "before"), SomeService.Value(first, "median", "elapsed", "change")), Is.EqualTo((1200.0, -300.0)));
        // The one next response: from 18:30 to 10:00 the next day, of which one hour was open.
        Assert.That((SomeService.Value(metrics["next_response"], "median", "elapsed"), SomeService.Value(metrics["next_response"], "median", "business")), Is.EqualTo((55_800.0, 3600.0)));
        // Resolutions: 63,000, 600, 7,200, 1,800 and 300 seconds; of the first 5,400 were open.
        var resolution = metrics["resolution"];
        Assert.That((resolution.GetProperty("n").GetInt64(), SomeService.Value(resolution, "median", "elapsed"), SomeService.Value(resolution, "mean", "elapsed"), SomeService.Value(resolution, "mean", "business")), Is.EqualTo((5, 1800.0, 14_580.0, 3060.0)));
        // The mean's interval by hand: s of 5400, 600, 7200, 1800, 300 is 3077.0115; t(0.975; 4) = 2.776445; ± 3820.61.
        Assert.That(SomeService.Value(resolution, "mean", "business", "high"), Is.EqualTo(3060 + 3820.61).Within(0.1));
        Assert.That(SomeService.Value(resolution, "median", "elapsed", "low"), Is.Null, "five values do not hold a median in at 95 %");
    }

    [Test]
    public async Task Shares_backlog_and_cost_are_those_of_the_tickets()
    {
        var (service, _) = await WeekAsync();
        await service.Acme.Http.PatchAsJsonAsync("/v1/reports/service/settings", new { cost_per_hour_minor = 3000 });

        var metrics = await service.MetricsAsync(Week);

        Assert.That(SomeService.Value(metrics["volume"], "count"), Is.EqualTo(6));
        Assert.That(SomeService.Value(metrics["volume"], "count", member: "before"), Is.EqualTo(1));
        Assert.That(SomeService.Value(metrics["resolution_rate"], "share"), Is.EqualTo(5.0 / 6).Within(1e-12));
        Assert.That(SomeService.Value(metrics["one_touch_rate"], "share"), Is.EqualTo(0.4).Within(1e-12), "B and F; A took two answers, C was opened again, D none");
        Assert.That(SomeService.Value(metrics["reopen_rate"], "share"), Is.EqualTo(0.2).Within(1e-12));
        Assert.That(SomeService.Value(metrics["automation_rate"], "share"), Is.EqualTo(0.2).Within(1e-12));
        Assert.That(SomeService.Value(metrics["preemptive_rate"], "share"), Is.EqualTo(0.2).Within(1e-12));
        // E had been open from Thursday 9:00 to the end of Sunday: 87 hours.
        var backlog = metrics["backlog"];
        Assert.That((SomeService.Value(backlog, "count"), SomeService.Value(backlog, "open_over_1_day"), SomeService.Value(backlog, "open_over_7_days"), SomeService.Value(backlog, "age_median_seconds", "elapsed")), Is.EqualTo((1.0, 1.0, 0.0, 313_200.0)));
        // Ten, five, fifteen, no and five minutes: 2,100 seconds for five tickets at 30.00 an hour.
        Assert.That(SomeService.Value(metrics["handle"], "mean"), Is.EqualTo(525));
        Assert.That(SomeService.Value(metrics["cost_per_contact"], "mean"), Is.EqualTo(350));
    }

    [Test]
    public async Task What_there_is_nothing_to_count_for_says_so_and_why()
    {
        var service = await SomeService.NewAsync();

        var metrics = await service.MetricsAsync(Week);

        Assert.That(metrics.Keys, Is.EquivalentTo(CustomerCrm.Reports.Metrics.MetricDefinitions.All.Keys));
        foreach (var (key, reason) in new[] { ("first_response", "no_data"), ("cost_per_contact", "no_cost_per_hour"), ("sla_resolution", "no_promises"), ("bot_resolution", "no_bots"), ("deflection", "no_contact_forms"), ("journey", "no_data") })
        {
            var metric = metrics[key];
            Assert.That((metric.GetProperty("sufficient").GetBoolean(), metric.GetProperty("reason").GetString(), metric.GetProperty("figures").GetArrayLength()), Is.EqualTo((false, reason, 0)), key);
        }
    }

    [TestCase("first_response", 3)]
    [TestCase("next_response", 1)]
    [TestCase("resolution", 5)]
    [TestCase("handle", 4)]
    [TestCase("resolution_rate", 6)]
    [TestCase("one_touch_rate", 5)]
    [TestCase("backlog", 1)]
    [TestCase("cost_per_contact", 5)]
    public async Task The_rows_behind_a_metric_are_as_many_as_it_counts(string metric, int n)
    {
        var (service, _) = await WeekAsync();
        var (rows, next) = (new List<JsonElement>(), "");

        do
        {
            var page = await service.Acme.GetAsync<JsonElement>($"/v1/reports/service/rows?metric={metric}&{Week}&limit=2{(next.Length > 0 ? $"&cursor={next}" : "")}");
            rows.AddRange(page.GetProperty("data").EnumerateArray());
            next = page.GetProperty("next_cursor").GetString() ?? "";
        }
        while (next.Length > 0);

        Assert.That(rows, Has.Count.EqualTo(n));
        Assert.That(rows.Select(row => row.GetRawText()).Distinct().Count(), Is.EqualTo(n));
        Assert.That(rows.Select(row => row.GetProperty("at").GetDateTimeOffset()), Is.Ordered.Descending);
        if (metric == "one_touch_rate") Assert.That(rows.Count(row => row.GetProperty("is_counted").GetBoolean()), Is.EqualTo(2));
        if (metric == "first_response") Assert.That(rows.Select(row => row.GetProperty("business_seconds").GetDouble()).Order(), Is.EqualTo(new[] { 600.0, 900.0, 1800.0 }));
    }

    [Test]
    public async Task Filters_narrow_every_figure()
    {
        var (service, agent) = await WeekAsync();

        var (chat, mine, others) = (await service.MetricsAsync($"{Week}&channel=chat"), await service.MetricsAsync($"{Week}&agent_id={agent}"), await service.MetricsAsync($"{Week}&agent_id={Id<User>.New()}"));

        Assert.That((SomeService.Value(chat["volume"], "count"), chat["first_response"].GetProperty("n").GetInt64()), Is.EqualTo((1.0, 1)));
        Assert.That((mine["first_response"].GetProperty("n").GetInt64(), others["first_response"].GetProperty("n").GetInt64()), Is.EqualTo((3, 0)));
    }

    [Test]
    public async Task What_counts_no_tickets_says_nothing_of_some_of_them()
    {
        var service = await SomeService.NewAsync();
        await service.Acme.WithDbAsync(db => db.ExecuteAsync(InsertContact, new { Id = Guid.NewGuid().ToByteArray(), State = 2, Hash = new byte[32], At = new DateTimeOffset(2030, 1, 8, 10, 0, 0, TimeSpan.Zero) }, default));

        var (all, chat) = (await service.MetricsAsync(Week), await service.MetricsAsync($"{Week}&channel=chat"));

        Assert.That(all["deflection"].GetProperty("n").GetInt64(), Is.EqualTo(1));
        foreach (var key in new[] { "bot_resolution", "deflection", "journey" })
            Assert.That((chat[key].GetProperty("n").GetInt64(), chat[key].GetProperty("reason").GetString(), chat[key].GetProperty("figures").GetArrayLength()), Is.EqualTo((0, "not_of_tickets", 0)), key);
        var rows = await Problem.OfAsync(await service.Acme.Http.GetAsync($"/v1/reports/service/rows?metric=deflection&{Week}&channel=chat"));
        Assert.That((rows.Status, rows.Errors), Is.EqualTo((HttpStatusCode.BadRequest, new[] { ("?metric", "not_of_tickets") })));
    }

    [Test]
    public async Task Tickets_of_a_topic_that_was_deleted_are_counted_with_those_of_none()
    {
        var (service, topic) = (await SomeService.NewAsync(), Id<TicketTopic>.New());
        await service.Acme.WithDbAsync(db => db.ExecuteAsync(InsertTopic, new { Id = topic, Name = "Parcels", Key = "parcels", Now = TestApi.Clock.GetUtcNow() }, default));
        await service.TicketAsync("2030-01-08T09:00:00Z", topic: topic.ToBytes());
        await service.TicketAsync("2030-01-08T10:00:00Z");
        await service.CountAsync();
        Assert.That(await TopicsAsync(), Is.EquivalentTo(new[] { (topic.ToString(), 1), (null, 1) }));

        await service.Acme.Http.DeleteAsync($"/v1/topics/{topic}");

        Assert.That(await TopicsAsync(), Is.EqualTo(new[] { ((string?)null, 2) }));

        async Task<IEnumerable<(string?, int)>> TopicsAsync() => [.. (await service.Acme.GetAsync<JsonElement>($"/v1/reports/service/volume?by=topic&{Week}")).GetProperty("data").EnumerateArray()
            .Select(group => (group.GetProperty("id").GetString(), group.GetProperty("share").GetProperty("count").GetInt32()))];
    }

    [Test]
    public async Task Volume_is_told_by_the_hour_of_the_week_in_its_order()
    {
        var service = await SomeService.NewAsync("America/New_York");
        foreach (var at in new[] { "2030-01-07T04:30:00Z", "2030-01-07T14:00:00Z", "2030-01-08T14:59:00Z", "2030-01-14T14:10:00Z" }) await service.TicketAsync(at);
        await service.CountAsync();

        var data = (await service.Acme.GetAsync<JsonElement>("/v1/reports/service/volume?by=weekday_hour&from=2030-01-01&to=2030-01-15")).GetProperty("data").EnumerateArray();

        Assert.That(data.Select(group => (group.GetProperty("id").GetString(), group.GetProperty("share").GetProperty("count").GetInt32())), Is.EqualTo(new[] { ("monday_09", 2), ("tuesday_09", 1), ("sunday_23", 1) }), "in New York it was Sunday still");
    }

    [Test]
    public async Task Volume_is_told_by_channel_and_hour_and_agents_by_their_load()
    {
        var (service, agent) = await WeekAsync();

        var channels = await service.Acme.GetAsync<JsonElement>($"/v1/reports/service/volume?by=channel&{Week}");
        var hours = await service.Acme.GetAsync<JsonElement>($"/v1/reports/service/volume?by=hour&{Week}");
        var agents = (await service.Acme.GetAsync<JsonElement>($"/v1/reports/service/agents?{Week}")).GetProperty("data").EnumerateArray().Single();

        Assert.That(channels.GetProperty("data").EnumerateArray().Select(g => (g.GetProperty("id").GetString(), g.GetProperty("share").GetProperty("count").GetInt32(), g.GetProperty("before").GetInt32())), Is.EqualTo(new[] { ("email", 5, 1), ("chat", 1, 0) }));
        Assert.That(hours.GetProperty("data").EnumerateArray().Select(g => (g.GetProperty("id").GetString(), g.GetProperty("share").GetProperty("count").GetInt32())), Is.EqualTo(new[] { ("9", 3), ("10", 1), ("12", 1), ("16", 1) }));
        Assert.That((agents.GetProperty("user_id").GetString(), agents.GetProperty("unsolved").GetInt32(), agents.GetProperty("solved").GetInt32(), agents.GetProperty("replies").GetInt32(), agents.GetProperty("solved_before").GetInt32()), Is.EqualTo((agent.ToString(), 1, 5, 5, 1)));
        Assert.That(agents.GetProperty("handle_hours").GetDouble(), Is.EqualTo(0.58), "2,100 seconds");
    }

    [Test]
    public async Task Counting_again_changes_nothing_and_follows_what_changes()
    {
        var (service, _) = await WeekAsync();
        await service.CountAsync();
        var late = await service.TicketAsync("2030-01-11T09:00:00Z", said: ["agent 5"]);
        await service.CountAsync();

        var metrics = await service.MetricsAsync(Week);

        Assert.That(late.ToString(), Does.StartWith("tick_"));
        Assert.That((SomeService.Value(metrics["volume"], "count"), metrics["first_response"].GetProperty("n").GetInt64()), Is.EqualTo((7.0, 4)));
    }

    [Test]
    public async Task A_ticket_is_counted_as_it_is_worked_at()
    {
        var service = await SomeService.NewAsync();
        var acme = service.Acme;
        var ticket = await acme.CreateAsync<JsonElement>("/v1/tickets", new { customer_id = service.Ana.Id.ToString(), subject = "The parcel is late", channel = "web" });
        await acme.CreateAsync<JsonElement>($"/v1/tickets/{ticket.GetProperty("id").GetString()}/notes", new { text = "Look it up." });
        await acme.Http.PatchAsJsonAsync($"/v1/tickets/{ticket.GetProperty("id").GetString()}", new { category = "solved" });

        await TestApi.RunJobsAsync();
        var metrics = await service.MetricsAsync("");

        Assert.That((SomeService.Value(metrics["volume"], "count"), SomeService.Value(metrics["resolution_rate"], "share"), SomeService.Value(metrics["automation_rate"], "share")), Is.EqualTo((1.0, 1.0, 1.0)));
        await acme.Http.DeleteAsync($"/v1/customers/{service.Ana.Id}");
        Assert.That(SomeService.Value((await service.MetricsAsync(""))["backlog"], "count"), Is.Zero, "nothing waits, and that is a figure");
        Assert.That((await service.MetricsAsync(""))["volume"].GetProperty("n").GetInt64(), Is.Zero, "what is in the bin counts no more");
    }

    [Test]
    public async Task Promises_talks_and_contact_forms_are_counted_where_they_are_kept()
    {
        var service = await SomeService.NewAsync();
        var (kept, missed) = (await service.TicketAsync("2030-01-08T09:00:00Z"), await service.TicketAsync("2030-01-08T09:00:00Z"));
        await service.CountAsync();
        await service.Acme.WithDbAsync(db => db.InTransactionAsync(async () =>
        {
            var due = new DateTimeOffset(2030, 1, 8, 10, 0, 0, TimeSpan.Zero);
            await db.ExecuteAsync(InsertClock, new { Id = Guid.NewGuid().ToByteArray(), TicketId = kept, State = 3, DueAt = due, StoppedAt = due.AddMinutes(-1) }, default);
            await db.ExecuteAsync(InsertClock, new { Id = Guid.NewGuid().ToByteArray(), TicketId = missed, State = 3, DueAt = due, StoppedAt = due.AddMinutes(1) }, default);
            foreach (var state in new[] { 1, 2, 3, 3 }) await db.ExecuteAsync(InsertContact, new { Id = Guid.NewGuid().ToByteArray(), State = state, Hash = new byte[32], At = due }, default);
        }, default));

        var metrics = await service.MetricsAsync(Week);
        var rows = (await service.Acme.GetAsync<JsonElement>($"/v1/reports/service/rows?metric=sla_first_response&{Week}")).GetProperty("data").EnumerateArray();

        Assert.That((SomeService.Value(metrics["sla_first_response"], "share"), metrics["sla_first_response"].GetProperty("n").GetInt64(), metrics["sla_resolution"].GetProperty("n").GetInt64()), Is.EqualTo((0.5, 2, 0)));
        Assert.That((SomeService.Value(metrics["deflection"], "share"), metrics["deflection"].GetProperty("n").GetInt64()), Is.EqualTo((0.25, 4)));
        Assert.That(rows.Select(row => row.GetProperty("is_counted").GetBoolean()), Is.EquivalentTo(new[] { true, false }));
    }

    [Test]
    public async Task The_journey_goes_from_the_first_message_to_the_first_order()
    {
        var service = await SomeService.NewAsync();
        var acme = service.Acme;
        await acme.CreateAsync<JsonElement>("/v1/interactions", new { customer_id = service.Ana.Id.ToString(), channel = "chat", direction = "inbound", body = "Do you have tea?", occurred_at = "2030-01-08T09:00:00Z" });
        foreach (var placed in new[] { "2030-01-09T09:00:00Z", "2030-01-10T09:00:00Z" })
            await acme.CreateAsync<JsonElement>("/v1/orders/", new { customer_id = service.Ana.Id.ToString(), payment_status = "paid", placed_at = placed, lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } });

        var journey = (await service.MetricsAsync(Week))["journey"];

        Assert.That((journey.GetProperty("n").GetInt64(), SomeService.Value(journey, "median", "elapsed")), Is.EqualTo((1, 86_400.0)));
    }

    [Test]
    public async Task A_topic_that_rises_by_more_than_chance_is_found()
    {
        var service = await SomeService.NewAsync();
        var (rising, steady) = (Id<TicketTopic>.New(), Id<TicketTopic>.New());
        await service.Acme.WithDbAsync(async db =>
        {
            foreach (var (id, name) in new[] { (rising, "Late parcels"), (steady, "Invoices") }) await db.ExecuteAsync(InsertTopic, new { Id = id, Name = name, Key = name.ToLowerInvariant(), Now = TestApi.Clock.GetUtcNow() }, default);
        });
        // Eight weeks of two late parcels and six invoices each; then twelve late parcels and six invoices.
        for (var week = 1; week <= 8; week++)
        {
            var day = new DateOnly(2030, 1, 12).AddDays(-7 * week);
            for (var i = 0; i < 8; i++) await service.TicketAsync($"{day:yyyy-MM-dd}T1{i}:00:00Z", topic: (i < 2 ? rising : steady).ToBytes());
        }
        for (var i = 0; i < 18; i++) await service.TicketAsync($"2030-01-12T{i:00}:00:00Z", topic: (i < 12 ? rising : steady).ToBytes());
        await service.CountAsync();

        var radar = await service.Acme.GetAsync<JsonElement>("/v1/reports/service/radar?to=2030-01-15");

        Assert.That((radar.GetProperty("n").GetInt32(), radar.GetProperty("sufficient").GetBoolean(), radar.GetProperty("tested").GetInt32()), Is.EqualTo((18, true, 2)));
        var rise = radar.GetProperty("rises").EnumerateArray().Single();
        Assert.That((rise.GetProperty("name").GetString(), rise.GetProperty("count").GetInt32(), rise.GetProperty("topic_id").GetString()), Is.EqualTo(("Late parcels", 12, rising.ToString())));
        // 16 in the eight weeks of 64 tickets; of 18 one would have expected 16 · 18 / 64 = 4.5.
        Assert.That((rise.GetProperty("before").GetArrayLength(), rise.GetProperty("expected").GetDouble()), Is.EqualTo((8, 4.5)));
        Assert.That(rise.GetProperty("false_discovery_rate").GetDouble(), Is.LessThan(0.05));
    }

    [Test]
    public async Task A_word_is_counted_when_a_ticket_is_opened()
    {
        var service = await SomeService.NewAsync();
        foreach (var _ in Enumerable.Range(0, 6)) await service.Acme.CreateAsync<JsonElement>("/v1/tickets", new { customer_id = service.Ana.Id.ToString(), subject = "The parcels are late" });
        await TestApi.RunJobsAsync();

        var radar = await service.Acme.GetAsync<JsonElement>("/v1/reports/service/radar");

        Assert.That((radar.GetProperty("tested").GetInt32(), radar.GetProperty("sufficient").GetBoolean(), radar.GetProperty("reason").GetString(), radar.GetProperty("rises").GetArrayLength()), Is.EqualTo((2, false, "no_history", 0)));
    }

    [TestCase("/v1/reports/service?channel=pigeon")]
    [TestCase("/v1/reports/service?team_id=x")]
    [TestCase("/v1/reports/service?from=2030-02-01&to=2030-01-01")]
    [TestCase("/v1/reports/service?from=2000-01-01&to=2030-01-01")]
    [TestCase("/v1/reports/service?other=1")]
    [TestCase("/v1/reports/service/volume?by=moon")]
    [TestCase("/v1/reports/service/rows?metric=moon")]
    [TestCase("/v1/reports/service/rows?metric=volume&cursor=x")]
    [TestCase("/v1/reports/service/radar?to=9999-12-31")]
    [TestCase("/v1/reports/service/radar?to=soon")]
    public async Task Nonsense_in_the_query_is_400(string path) =>
        Assert.That((await (await TestTenant.NewAsync()).Http.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));

    [Test]
    public async Task Settings_are_changed_by_who_has_seen_them()
    {
        var acme = await TestTenant.NewAsync();

        var changed = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PatchAsJsonAsync("/v1/reports/service/settings", new { cost_per_hour_minor = 2500 }));
        using var stale = new HttpRequestMessage(HttpMethod.Patch, "/v1/reports/service/settings") { Content = JsonContent.Create(new { cost_per_hour_minor = 1 }) };
        stale.Headers.Add("If-Match", "\"r7\"");
        var refused = await acme.Http.SendAsync(stale);
        var negative = await Problem.OfAsync(await acme.Http.PatchAsJsonAsync("/v1/reports/service/settings", new { cost_per_hour_minor = -1 }));

        Assert.That((changed.GetProperty("cost_per_hour_minor").GetInt64(), changed.GetProperty("revision").GetInt32(), refused.StatusCode), Is.EqualTo((2500L, 1, HttpStatusCode.PreconditionFailed)));
        Assert.That(negative.Pointers, Is.EqualTo(new[] { "/cost_per_hour_minor" }));
    }

    private static async Task<(SomeService, Id<User>)> WeekAsync()
    {
        var service = await SomeService.NewAsync();
        await service.Acme.CreateAsync<JsonElement>("/v1/business_calendars", new { name = "Office", time_zone = "UTC", hours = new[] { "monday", "tuesday", "wednesday", "thursday", "friday" }.Select(day => new { day, from = "09:00", to = "17:00" }) });
        var agent = Id<User>.Parse((await service.Acme.UserAsync(Role.Agent)).Id);
        await service.TicketAsync("2030-01-02T09:00:00Z", "2030-01-02T09:20:00Z", ["agent 20"], agent); // the week before
        await service.TicketAsync("2030-01-07T16:30:00Z", "2030-01-08T10:00:00Z", ["agent 60", "customer 120", "agent 1050"], agent); // A
        await service.TicketAsync("2030-01-08T09:00:00Z", "2030-01-08T09:10:00Z", ["agent 10"], agent); // B
        await service.TicketAsync("2030-01-08T10:00:00Z", "2030-01-08T12:00:00Z", ["agent 15"], agent, reopens: 1, channel: 3); // C
        await service.TicketAsync("2030-01-09T09:00:00Z", "2030-01-09T09:30:00Z", ["bot 5"], agent); // D
        await service.TicketAsync("2030-01-10T09:00:00Z", agent: agent); // E
        await service.TicketAsync("2030-01-10T12:00:00Z", "2030-01-10T12:05:00Z", ["agent 0"], agent, source: "automation_rule"); // F
        await service.CountAsync();
        return (service, agent);
    }

    private static readonly TenantSql InsertClock = TenantSql.Of("""
        INSERT INTO SlaClocks (TenantId, Id, TicketId, Promise, Cycle, State, StartedAt, DueAt, StoppedAt, CountedSeconds, UpdatedAt)
        VALUES (@TenantId, @Id, @TicketId, 1, 1, @State, @DueAt, @DueAt, @StoppedAt, 0, @DueAt)
        """);

    private static readonly TenantSql InsertContact = TenantSql.Of("""
        INSERT INTO HelpContacts (TenantId, Id, Locale, SuggestedText, SuggestedCount, State, AddressHash, CreatedAt)
        VALUES (@TenantId, @Id, 'en', '[]', 1, @State, @Hash, @At)
        """);

    private static readonly TenantSql InsertTopic = TenantSql.Of("""
        INSERT INTO Topics (TenantId, Id, Name, NameKey, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @Key, 1, @Now, @Now)
        """);
}
