using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tickets;

namespace CustomerCrm.Tests.Tickets;

public class RuleTests
{
    private SomeTickets tickets = null!;

    [SetUp]
    public async Task SetUp() => tickets = await SomeTickets.NewAsync();

    [Test]
    public async Task A_rule_opens_a_ticket_and_another_changes_it()
    {
        await RuleAsync("open", "task.created", new { @do = "create_ticket", with = new { subject = "About {{/title}}", note = "From {{/title}}", priority = "high", tags = new[] { "ruled" } } });
        await RuleAsync("raise", "ticket.customer_replied", new { @do = "change_ticket", with = new { priority = "urgent", add_tags = new[] { "waiting" } } });
        var customer = await tickets.CustomerAsync();
        await tickets.Tenant.CreateAsync<JsonElement>("/v1/tasks", new { title = "the lamp", customer_id = customer });
        await TestApi.RunJobsAsync();

        var opened = (await tickets.Tenant.GetAsync<JsonElement>("/v1/tickets")).Data().Single();
        Assert.That((opened.Str("subject"), opened.Str("priority"), opened.GetProperty("origin").Str("kind")), Is.EqualTo(("About the lamp", "high", "automation_rule")));
        Assert.That(await tickets.TextsAsync(opened), Is.EqualTo(new[] { "From the lamp" }));

        await tickets.WriteAsync(opened, "Hello?");
        await TestApi.RunJobsAsync();
        var changed = await tickets.ShowAsync(opened);
        Assert.That((changed.Str("priority"), changed.GetProperty("tags").EnumerateArray().Select(t => t.GetString())), Is.EqualTo(("urgent", new[] { "ruled", "waiting" })));
        var names = (await tickets.Tenant.GetAsync<JsonElement>("/v1/automation_rules/actions")).ToString();
        Assert.That(names, Does.Contain("create_ticket").And.Contain("change_ticket"));
    }

    [Test]
    public async Task What_a_rule_would_name_must_be_there()
    {
        var problem = await Problem.OfAsync(await tickets.Http.PostAsJsonAsync("/v1/automation_rules", new
        {
            name = "Bad", definition = new { events = new[] { "task.created" }, actions = new[] { new { @do = "create_ticket", with = new { subject = "x", assignee_id = "usr_01mv4q0800ebxvvk1mr9tcr6ws" } } } },
        }));
        Assert.That(problem.Pointers, Has.Some.EndsWith("/with/assignee_id"));
    }

    [Test]
    public async Task Nothing_is_advertised_to_who_waits_for_an_answer()
    {
        await TestTenant.ReadAsync<JsonElement>(await tickets.Http.PatchAsJsonAsync("/v1/contact_policy", new { guards = new[] { new { name = "open_ticket" } } }));
        var ticket = await tickets.OpenAsync();
        async Task<bool> IsHeldBackAsync() => (await tickets.Tenant.CreateAsync<JsonElement>("/v1/contact_policy/evaluate", new { customer_id = ticket.Str("customer_id"), channel = "email", purpose = "marketing" })).ToString().Contains("#1", StringComparison.Ordinal);

        Assert.That(await IsHeldBackAsync(), Is.True);
        await tickets.ChangeAsync(ticket, new { category = "solved" });
        Assert.That(await IsHeldBackAsync(), Is.False);
    }

    [Test]
    public async Task Segments_ask_for_tickets()
    {
        var segment = await tickets.Tenant.CreateAsync<JsonElement>("/v1/segments", new { name = "Waiting", kind = "dynamic", rule = new { all = new object[] { new { field = "open_ticket_count", op = "gte", value = 1 }, new { field = "last_ticket_at", op = "within_days", value = 7 } } } });
        var ticket = await tickets.OpenAsync();
        await TestApi.RunJobsAsync();
        async Task<int> MembersAsync() => (await tickets.Tenant.GetAsync<JsonElement>($"/v1/segments/{segment.Str("id")}/members")).Data().Length;

        Assert.That(await MembersAsync(), Is.EqualTo(1));
        await tickets.ChangeAsync(ticket, new { category = "solved" });
        await TestApi.RunJobsAsync();
        Assert.That(await MembersAsync(), Is.Zero);
    }

    [Test]
    public async Task A_customers_page_shows_what_they_wait_for()
    {
        var (ticket, customer) = (await tickets.OpenAsync("Waiting"), "");
        customer = ticket.Str("customer_id");
        await tickets.ChangeAsync(await tickets.OpenAsync("Done", customer), new { category = "solved" });

        var page = await tickets.Tenant.GetAsync<JsonElement>($"/v1/customers/{customer}/360");
        var timeline = (await tickets.Tenant.GetAsync<JsonElement>($"/v1/customers/{customer}/timeline?filter[kind][eq]=ticket")).Data();

        Assert.That(page.GetProperty("open_tickets").EnumerateArray().Select(t => t.Str("subject")), Is.EqualTo(new[] { "Waiting" }));
        Assert.That(timeline.Select(t => (t.Str("title"), t.Str("outcome"))), Is.EquivalentTo(new[] { ("Waiting", "new"), ("Done", "solved") }));
    }

    [Test]
    public async Task What_is_said_of_a_ticket_last_is_kept_and_may_be_taken_back()
    {
        var ticket = await tickets.OpenAsync();
        var (id, now) = (CustomerCrm.Platform.Data.Id<Ticket>.Parse(ticket.Str("id")), TestApi.Clock.GetUtcNow());
        foreach (var (score, at) in new (int?, DateTimeOffset?)[] { (4, now), (2, now), (null, null) })
        {
            await tickets.Tenant.WithScopeAsync(async services =>
            {
                var db = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<CustomerCrm.Platform.Data.TenantDb>(services);
                await db.InTransactionAsync(() => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<TicketSatisfaction>(services).RecordAsync(id, score, at, default), default);
            });
            var shown = (await tickets.ShowAsync(ticket)).GetProperty("satisfaction");
            Assert.That(shown.ValueKind == JsonValueKind.Null ? (int?)null : shown.GetInt32(), Is.EqualTo(score));
        }
    }

    [Test]
    public async Task An_e_mail_opens_a_ticket_where_the_tenant_wishes_so()
    {
        var customer = await tickets.CustomerAsync();
        Task<JsonElement> MailAsync(string text) => tickets.Tenant.CreateAsync<JsonElement>("/v1/conversations/messages", new { customer_id = customer, channel = "email", subject = "My order", text });
        await MailAsync("Before");
        Assert.That(await tickets.SubjectsAsync(""), Is.Empty);

        await TestTenant.ReadAsync<JsonElement>(await tickets.Http.PatchAsJsonAsync("/v1/tickets/settings", new { opens_from_email = true }));
        await MailAsync("After");
        await MailAsync("More");

        var ticket = (await tickets.Tenant.GetAsync<JsonElement>("/v1/tickets")).Data().Single();
        Assert.That((ticket.Str("subject"), ticket.Str("channel"), ticket.GetProperty("origin").Str("kind"), ticket.IsNull("customer_replied_at")), Is.EqualTo(("My order", "email", "conversation", false)));
        Assert.That(await tickets.EventsAsync(), Is.EqualTo(new[] { "ticket.created", "ticket.customer_replied" }));
    }

    private Task<JsonElement> RuleAsync(string name, string on, object action) =>
        tickets.Tenant.CreateAsync<JsonElement>("/v1/automation_rules", new { name, definition = new { events = new[] { on }, actions = new[] { action } } });
}
