using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tests.Messages;
using CustomerCrm.Tests.Tickets;

namespace CustomerCrm.Tests.Templates;

/// <summary>What templates say of a ticket.</summary>
public class TicketFieldTests
{
    private const string Everything = "#{{ticket.number}} {{ticket.subject}}: {{ticket.status}}, {{ticket.priority}} {{ticket.type}} of {{ticket.created_at}}, {{ticket.assignee_name}} of {{ticket.team_name}}, {{ticket.language}} {{ticket.custom_fields.product}} {{ticket.link}}";

    [Test]
    public async Task A_message_says_all_that_there_is_of_a_ticket()
    {
        var tickets = await SomeTickets.NewAsync();
        var acme = tickets.Tenant;
        await acme.CreateAsync<JsonElement>("/v1/custom_fields", new { resource = "tickets", name = "product", label = "Product", type = "text" });
        await acme.Http.PatchAsJsonAsync("/v1/tickets/settings", new { link_pattern = "https://support.example.com/t/{number}?of={id}" });
        var agent = await acme.UserAsync(CustomerCrm.Platform.People.Role.Agent);
        var team = await acme.CreateAsync<JsonElement>("/v1/teams", new { name = "Support" });
        var ana = await tickets.CustomerAsync();
        var ticket = await tickets.OpenAsync(new { customer_id = ana, subject = "Late & lost", priority = "high", type = "problem", language = "de", assignee_id = agent.Id, team_id = team.Id(), custom_fields = new { product = "Lamp" } });

        var content = await PostedAsync(acme, new { customer_id = ana, channel = "email", purpose = "service", ticket_id = ticket.Id(), content = new { subject = "{{ticket.subject}}", text = Everything.Replace("{{ticket.language}}", "{{#if ticket.language}}{{ticket.language}}{{/if}}", StringComparison.Ordinal), defaults = Defaults } });

        Assert.That(content.Text("subject"), Is.EqualTo("Late & lost"));
        Assert.That(content.Text("text"), Is.EqualTo($"#1 Late & lost: Open, high problem of January 15, 2030, Ada Lovelace of Support, de Lamp https://support.example.com/t/1?of={ticket.Id()}"));
    }

    [Test]
    public async Task What_a_ticket_may_not_have_needs_a_default_when_a_template_is_saved()
    {
        var acme = await TestTenant.NewAsync();

        var bare = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/templates", new { name = "a", sms = "{{ticket.assignee_name}} {{ticket.secret}} {{ticket.custom_fields.nothing}} {{ticket.number}}" }));
        var whole = await acme.CreateAsync<JsonElement>("/v1/templates", new { name = "b", sms = "{{ticket.assignee_name}}", defaults = new Dictionary<string, string> { ["ticket.assignee_name"] = "we" } });
        var fields = (await acme.GetAsync<JsonElement>("/v1/templates/fields")).Data().Where(f => f.Text("name").StartsWith("ticket.", StringComparison.Ordinal)).Select(f => f.Text("name"));
        var sample = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsJsonAsync($"/v1/templates/{whole.Id()}/preview", new { }));

        Assert.That(bare.Errors.Select(e => e.Item2), Is.EqualTo(new[] { "merge_field_needs_default", "unknown_merge_field", "unknown_merge_field" }));
        Assert.That(fields, Is.SupersetOf(new[] { "ticket.number", "ticket.subject", "ticket.status", "ticket.assignee_name", "ticket.team_name", "ticket.link" }));
        Assert.That(sample.GetProperty("sms").Text("text"), Is.EqualTo("Grace Hopper"));
    }

    [Test]
    public async Task A_template_that_speaks_of_a_ticket_is_told_which_and_whose()
    {
        var tickets = await SomeTickets.NewAsync();
        var (ana, ben) = (await tickets.CustomerAsync(), await tickets.CustomerAsync());
        var bens = await tickets.OpenAsync(customer: ben);
        var theirs = await (await SomeTickets.NewAsync()).OpenAsync();

        Assert.That(await RefusedAsync(null), Is.EqualTo(new[] { ("/ticket_id", "required") }));
        Assert.That(await RefusedAsync(bens.Id()), Is.EqualTo(new[] { ("/ticket_id", "unknown_ticket") }));
        Assert.That(await RefusedAsync(theirs.Id()), Is.EqualTo(new[] { ("/ticket_id", "unknown_ticket") }));

        async Task<IEnumerable<(string, string)>> RefusedAsync(string? ticketId) =>
            (await Problem.OfAsync(await SomeMessages.TryPostAsync(tickets.Tenant, new { customer_id = ana, channel = "email", purpose = "service", ticket_id = ticketId, content = new { subject = "x", text = "{{ticket.number}}" } }))).Errors;
    }

    [Test]
    public async Task A_rule_sends_what_is_known_of_the_ticket_that_the_event_is_about()
    {
        var tickets = await SomeTickets.NewAsync();
        var acme = tickets.Tenant;
        var template = await acme.CreateAsync<JsonElement>("/v1/templates", new { name = "solved", subject = "#{{ticket.number}}", text = "{{ticket.subject}} is {{ticket.status}}" });
        await acme.CreateAsync<JsonElement>("/v1/automation_rules", new { name = "Say so", definition = new { events = new[] { "ticket.solved" }, actions = new object[] { new { @do = "send_message", with = new { template_id = template.Id() } } } } });
        var ticket = await tickets.OpenAsync("The lamp");

        await tickets.ChangeAsync(ticket, new { category = "solved" });
        await TestApi.RunJobsAsync();

        var message = (await acme.GetAsync<JsonElement>("/v1/messages")).Data().Single(m => m.Text("template_id") == template.Id());
        var content = await acme.GetAsync<JsonElement>($"/v1/messages/{message.Id()}/content");
        Assert.That((content.Text("subject"), content.Text("text")), Is.EqualTo(("#1", "The lamp is Solved")));
    }

    [TestCase("https://support.example.com/t/{number}", true)]
    [TestCase("https://support.example.com/?t={id}", true)]
    [TestCase("http://support.example.com/t/{number}", false)]
    [TestCase("https://support.example.com/tickets", false)]
    [TestCase("https://{number}.example.com/", false)]
    [TestCase("https://me:{number}@example.com/", false)]
    [TestCase("https://support.example.com/#{number}", false)]
    [TestCase("/t/{number}", false)]
    [TestCase("javascript:alert({number})", false)]
    public async Task A_link_is_an_address_of_the_tenants_own(string pattern, bool isTaken)
    {
        var acme = await TestTenant.NewAsync();

        var answer = await acme.Http.PatchAsJsonAsync("/v1/tickets/settings", new { link_pattern = pattern });

        if (isTaken) Assert.That((await TestTenant.ReadAsync<JsonElement>(answer)).Text("link_pattern"), Is.EqualTo(pattern));
        else Assert.That((await Problem.OfAsync(answer)).Errors, Is.EqualTo(new[] { ("/link_pattern", "ticket_link_invalid") }));
    }

    private static readonly Dictionary<string, string> Defaults = new() { ["ticket.assignee_name"] = "nobody", ["ticket.team_name"] = "nowhere", ["ticket.custom_fields.product"] = "-", ["ticket.link"] = "-" };

    private static async Task<JsonElement> PostedAsync(TestTenant acme, object message) =>
        await acme.GetAsync<JsonElement>($"/v1/messages/{(await SomeMessages.PostAsync(acme, message)).Id()}/content");
}
