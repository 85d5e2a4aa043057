using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CustomerCrm.Demo.Service;

/// <summary>What a shop sets up before anybody writes: hours, promises, queues, help pages, a bot, texts and surveys; through the API, as its people would.</summary>
internal sealed class DemoSetup(DemoLoader loader, string key)
{
    private static readonly string[] aboutDelivery = ["delivery"];

    // Always in the same order, so that each is the same one the next time.
    private int posted;

    private static readonly string[] weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"];

    /// <returns>The queue of support.</returns>
    public async Task<string> PromisesAsync(CancellationToken ct)
    {
        await PostAsync("/v1/business_calendars", new { name = "Roastery", time_zone = "America/New_York", is_default = true, hours = weekdays.Select(day => new { day, from = "09:00", to = "18:00" }) }, ct);
        var (support, cafes) = (await PostAsync("/v1/teams", new { name = "Support" }, ct), await PostAsync("/v1/teams", new { name = "Cafés" }, ct));
        await PostAsync("/v1/slas", new
        {
            name = "Best customers", description = "Whoever has spent 300 dollars with us.", position = 10,
            definition = new { condition = new { customer = new { field = "spend_minor", op = "gte", value = 30_000 } }, targets = TargetsOf(120, 180, 960), warn_before_minutes = 30, escalations = EscalationsOf() },
        }, ct);
        await PostAsync("/v1/slas", new { name = "Everybody", position = 20, definition = new { targets = TargetsOf(240, 360, 1620), warn_before_minutes = 45, escalations = EscalationsOf() } }, ct);
        await PostAsync("/v1/routing_rules", new { name = "Cafés and offices", position = 10, definition = new { condition = new { ticket = new { field = "words", op = "contains", value = "café" } }, team_id = cafes, strategy = "round_robin" } }, ct);
        await PostAsync("/v1/routing_rules", new { name = "All others", position = 20, definition = new { team_id = support, strategy = "least_busy", prefers_last_agent = true } }, ct);
        return support;
    }

    public async Task HelpAsync(CancellationToken ct)
    {
        var categories = new Dictionary<string, string>();
        foreach (var (i, (slug, name, description)) in DemoArticles.Categories.Index())
            categories[slug] = await PostAsync("/v1/article_categories", new { slug, names = new { en = new { name, description } }, position = i }, ct);
        foreach (var (i, text) in DemoArticles.All.Index())
        {
            var article = await PostAsync("/v1/articles", new { title = text.Title, summary = text.Summary, body = text.Body, locale = "en", category_id = categories[text.Category], visibility = "public", keywords = text.Keywords, position = i }, ct);
            await loader.PostAsync($"/v1/articles/{article}/translations/en/publication", new { }, ct);
        }
        await loader.PatchAsync("/v1/help", new { slug = $"demo-coffee-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 3))}", title = "How can we help?", intro = "Answers from the roastery: about your order, your coffee, and your account." }, ct);
    }

    public async Task TextsAsync(CancellationToken ct)
    {
        var defaults = new Dictionary<string, string> { ["customer.first_name"] = "there" };
        var shipped = await PostAsync("/v1/canned_responses", new { name = "On its way", body = "Hello {{customer.first_name}},\n\nyour parcel has left the roastery; the tracking number is in your mailbox.\n\n{{agent.name}}", defaults, language = "en" }, ct);
        await PostAsync("/v1/canned_responses", new { name = "Picture, please", body = "Hello {{customer.first_name}},\n\nI am sorry! Could you send a picture of the box and of what is broken? A new one leaves tomorrow.\n\n{{agent.name}}", defaults, language = "en" }, ct);
        await PostAsync("/v1/canned_responses", new { name = "Refund booked", body = "Hello {{customer.first_name}},\n\nthe refund is booked; banks take two to three days.\n\n{{agent.name}}", defaults, language = "en" }, ct);
        await PostAsync("/v1/macros", new { name = "Shipped, solved", description = "Says that it has left, and solves the ticket.", actions = new object[] { new { @do = "reply", canned_response_id = shipped }, new { @do = "change", change = new { category = "solved", add_tags = aboutDelivery } } } }, ct);
        await PostAsync("/v1/macros", new { name = "Wait for the carrier", actions = new object[] { new { @do = "note", text = "Ticket {{ticket.number}} waits for the carrier." }, new { @do = "change", change = new { category = "on_hold" } } } }, ct);
    }

    public async Task BotAsync(string teamId, CancellationToken ct)
    {
        var flow = JsonNode.Parse(DemoBot.Flow)!;
        flow["team_id"] = teamId;
        var bot = await PostAsync("/v1/bots", new { name = "Bean", flow }, ct);
        await loader.PostAsync($"/v1/bots/{bot}/publication", new { }, ct);
    }

    /// <returns>The survey after a ticket, and that of the shop as a whole.</returns>
    public async Task<(string Csat, string Nps)> SurveysAsync(CancellationToken ct) => (
        await PostAsync("/v1/surveys", new { name = "After a ticket", kind = "csat", status = "active", settings = new { triggers = new[] { new { on = "ticket_solved", after_hours = 2 } }, channel = "email" } }, ct),
        await PostAsync("/v1/surveys", new { name = "Would you recommend us?", kind = "nps", status = "active" }, ct));

    private static object TargetsOf(int first, int next, int resolution) => new
    {
        low = new { first_response_minutes = first * 2, next_response_minutes = next * 2, resolution_minutes = resolution * 2 },
        normal = new { first_response_minutes = first, next_response_minutes = next, resolution_minutes = resolution },
        high = new { first_response_minutes = first / 2, next_response_minutes = next / 2, resolution_minutes = resolution / 2 },
        urgent = new { first_response_minutes = first / 4, next_response_minutes = next / 4, resolution_minutes = resolution / 4 },
    };

    private static object[] EscalationsOf() => [new { name = "raise it", promise = "resolution", offset_minutes = 60, @do = "raise_priority" }];

    private async Task<string> PostAsync(string path, object body, CancellationToken ct) => (await loader.PostAsync(path, body, ct, $"{path}:{++posted}")).GetProperty("id").GetString()!;
}
