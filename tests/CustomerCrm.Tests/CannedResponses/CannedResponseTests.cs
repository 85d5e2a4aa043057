using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.CannedResponses;
using CustomerCrm.Platform.People;
using CustomerCrm.Tests.Tickets;

namespace CustomerCrm.Tests.CannedResponses;

public class CannedResponseTests
{
    private static readonly HashSet<string> ownFields = ["customer.custom_fields.size", "ticket.custom_fields.product"];

    [TestCase("Hello {{customer.first_name}}", "merge_field_needs_default")]
    [TestCase("Hello {{#if customer.first_name}}{{customer.first_name}}{{/if}}", null)]
    [TestCase("{{ticket.number}} {{ticket.subject}} {{ticket.status}} {{agent.name}} {{tenant.name}} {{figures.order_count}}", null)]
    [TestCase("{{agent.email}}", "merge_field_needs_default")]
    [TestCase("{{ticket.secret}}", "unknown_merge_field")]
    [TestCase("{{order.total}}", "unknown_merge_field")]
    [TestCase("{{data.anything}}", "unknown_merge_field")]
    [TestCase("{{#each customer.name}}x{{/each}}", "not_a_list")]
    [TestCase("{{customer.custom_fields.size}}", "merge_field_needs_default")]
    [TestCase("{{ticket.assignee_name}}", "merge_field_needs_default")]
    [TestCase("{{#if ticket.custom_fields.product}}{{ticket.custom_fields.product}}{{/if}}", null)]
    [TestCase("{{ticket.custom_fields.size}}", "unknown_merge_field")]
    [TestCase("{{customer.custom_fields.colour}}", "unknown_merge_field")]
    [TestCase("{{#if ticket.number}}", "not_closed")]
    public void What_would_leave_a_hole_is_known_before(string text, string? code) =>
        Assert.That(TicketMerge.WrongWith(text, new Dictionary<string, string>(), ownFields).Select(e => e.Code), code is null ? Is.Empty : Is.EqualTo(new[] { code }));

    [Test]
    public async Task It_is_filled_for_a_ticket_and_whoever_asks()
    {
        var tickets = await SomeTickets.NewAsync();
        var agent = await tickets.Tenant.UserAsync(Role.Agent);
        var named = await tickets.OpenAsync(customer: await tickets.CustomerAsync("Ana Silva"));
        var nameless = await tickets.OpenAsync(new { customer = new { email = "nobody@example.com" }, subject = "Second" });
        var response = await tickets.Tenant.CreateAsync<JsonElement>("/v1/canned_responses", new
        {
            name = "Hello", body = "Hello {{customer.name}}, #{{ticket.number}} is {{ticket.status}}. {{agent.name}}", defaults = new Dictionary<string, string> { ["customer.name"] = "you" },
        });

        Assert.That(await RenderAsync(agent.Http, response, named), Is.EqualTo("Hello Ana Silva, #1 is New. Ada Lovelace"));
        Assert.That(await RenderAsync(agent.Http, response, nameless), Is.EqualTo("Hello you, #2 is New. Ada Lovelace"));
        var refused = await Problem.OfAsync(await tickets.Http.PostAsJsonAsync("/v1/canned_responses", new { name = "Bad", body = "Hello\n{{customer.shoe}}", defaults = new Dictionary<string, string> { ["nothing"] = "x" } }));
        Assert.That(refused.Errors, Is.EqualTo(new[] { ("/body", "unknown_merge_field"), ("/defaults/nothing", "unknown_merge_field") }));
        var theirs = await (await SomeTickets.NewAsync()).OpenAsync();
        Assert.That(await tickets.RefusedAsync($"/v1/canned_responses/{response.Str("id")}/render", new { ticket_id = theirs.Str("id") }), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "unknown_ticket")));
    }

    [Test]
    public async Task Each_is_for_those_it_is_shared_with()
    {
        var tenant = await TestTenant.NewAsync();
        var (ada, ben, boss) = (await tenant.UserAsync(Role.Agent), await tenant.UserAsync(Role.Agent), await tenant.UserAsync(Role.Manager));
        var team = (await tenant.CreateAsync<JsonElement>("/v1/teams", new { name = "Support" })).Str("id");
        await tenant.Http.PutAsync($"/v1/teams/{team}/members/{ada.Id}", null);

        await CreateAsync(boss, new { name = "All", body = "x" });
        await CreateAsync(ada, new { name = "Ours", body = "x", shared_with = "team", team_id = team });
        var own = await CreateAsync(ada, new { name = "Mine", body = "x", shared_with = "myself" });

        Assert.That(await NamesAsync(ada.Http), Is.EqualTo(new[] { "All", "Mine", "Ours" }));
        Assert.That(await NamesAsync(ben.Http), Is.EqualTo(new[] { "All" }));
        Assert.That(await NamesAsync(boss.Http), Is.EqualTo(new[] { "All", "Ours" }));
        Assert.That(await NamesAsync(tenant.Http), Is.EqualTo(new[] { "All", "Ours" }));
        Assert.That((await ben.Http.GetAsync($"/v1/canned_responses/{own.Str("id")}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Problem.OfAsync(await ben.Http.PostAsJsonAsync("/v1/canned_responses", new { name = "x", body = "x", shared_with = "team", team_id = team }))).Code, Is.EqualTo("sharing_not_allowed"));
        Assert.That((await Problem.OfAsync(await tenant.Http.PostAsJsonAsync("/v1/canned_responses", new { name = "x", body = "x", shared_with = "myself" }))).Errors, Is.EqualTo(new[] { ("/shared_with", "person_only") }));
        Assert.That((await Problem.OfAsync(await boss.Http.PostAsJsonAsync("/v1/canned_responses", new { name = "x", body = "x", shared_with = "team" }))).Errors, Is.EqualTo(new[] { ("/team_id", "team_needed") }));
        var changed = await TestTenant.ReadAsync<JsonElement>(await ada.Http.PatchAsJsonAsync($"/v1/canned_responses/{own.Str("id")}", new { body = "{{ticket.number}}" }));
        Assert.That((changed.Str("body"), changed.Int("revision")), Is.EqualTo(("{{ticket.number}}", 2)));
        Assert.That((await ada.Http.DeleteAsync($"/v1/canned_responses/{own.Str("id")}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    private static async Task<JsonElement> CreateAsync(TestUser user, object body) => await TestTenant.ReadAsync<JsonElement>(await user.Http.PostAsJsonAsync("/v1/canned_responses", body));

    private static async Task<string[]> NamesAsync(HttpClient http) => [.. (await TestTenant.ReadAsync<JsonElement>(await http.GetAsync("/v1/canned_responses"))).Data().Select(r => r.Str("name"))];

    private static async Task<string> RenderAsync(HttpClient http, JsonElement response, JsonElement ticket) =>
        (await TestTenant.ReadAsync<JsonElement>(await http.PostAsJsonAsync($"/v1/canned_responses/{response.Str("id")}/render", new { ticket_id = ticket.Str("id") }))).Str("text");
}
