using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Tickets;

/// <summary>Tickets of a tenant, as its clients see them.</summary>
internal sealed class SomeTickets(TestTenant tenant)
{
    public static async Task<SomeTickets> NewAsync() => new(await TestTenant.NewAsync());

    public TestTenant Tenant => tenant;
    public HttpClient Http => tenant.Http;

    public async Task<string> CustomerAsync(string name = "Ana", string? email = null) =>
        (await tenant.CreateAsync<Customer>("/v1/customers", new { name, email = email ?? $"{Guid.NewGuid():N}@example.com" })).Id.ToString();

    public Task<JsonElement> OpenAsync(object ticket) => tenant.CreateAsync<JsonElement>("/v1/tickets", ticket);

    public async Task<JsonElement> OpenAsync(string subject = "The parcel is late", string? customer = null, string channel = "chat", string text = "Where is my parcel?") =>
        await OpenAsync(new { customer_id = customer ?? await CustomerAsync(), subject, channel, message = new { text } });

    public async Task<JsonElement> ChangeAsync(JsonElement ticket, object change) => await TestTenant.ReadAsync<JsonElement>(await Http.PatchAsJsonAsync(PathOf(ticket), change));

    public Task<JsonElement> ShowAsync(JsonElement ticket) => tenant.GetAsync<JsonElement>(PathOf(ticket));

    /// <summary>The customer writes where the ticket is talked about.</summary>
    public async Task WriteAsync(JsonElement ticket, string text, string channel = "chat") => await tenant.WithScopeAsync(async services =>
    {
        var conversations = services.GetRequiredService<ConversationWriter>();
        await conversations.AppendAsync(Id<Conversation>.Parse(ticket.Str("conversation_id")),
            new NewEntry { Author = EntryAuthor.Customer, Text = text, Channel = Enum.Parse<InteractionChannel>(channel, ignoreCase: true) }, default);
    });

    /// <summary>As if it had been so for days: what a job or a rule sees.</summary>
    public Task AgeAsync(JsonElement ticket, TimeSpan by) => tenant.WithDbAsync(db => db.ExecuteAsync(Age, new
    {
        Id = Id<Ticket>.Parse(ticket.Str("id")), SolvedAt = TestApi.Clock.GetUtcNow() - by,
    }, default));

    public async Task<string[]> SubjectsAsync(string query) => [.. (await tenant.GetAsync<JsonElement>($"/v1/tickets?{query}")).Data().Select(t => t.Str("subject"))];

    public async Task<string[]> TextsAsync(JsonElement ticket) => [.. (await EntriesAsync(ticket)).Select(e => e.Text ?? e.What ?? "")];

    public async Task<string[]> EntryIdsAsync(JsonElement ticket) => [.. (await EntriesAsync(ticket)).Select(e => e.Id.ToString())];

    private async Task<IReadOnlyList<ConversationEntry>> EntriesAsync(JsonElement ticket)
    {
        IReadOnlyList<ConversationEntry> entries = [];
        await tenant.WithScopeAsync(async services => entries = await services.GetRequiredService<EntryReader>().AfterAsync(Id<Conversation>.Parse(ticket.Str("conversation_id")), 0, 100, default));
        return entries;
    }

    /// <summary>The types of the tenant's events about tickets, in their order.</summary>
    public async Task<string[]> EventsAsync() => [.. (await tenant.GetAsync<JsonElement>("/v1/events?limit=100")).Data().Select(e => e.Str("type")).Where(t => t.StartsWith("ticket.", StringComparison.Ordinal))];

    public static string PathOf(JsonElement ticket) => $"/v1/tickets/{ticket.Str("id")}";

    public async Task<(HttpStatusCode Status, string Code)> RefusedAsync(string path, object body)
    {
        var problem = await Problem.OfAsync(await Http.PostAsJsonAsync(path, body));
        return (problem.Status, problem.Errors is [var (_, code), ..] ? code : problem.Code);
    }

    private static readonly TenantSql Age = TenantSql.Of("UPDATE Tickets SET SolvedAt = @SolvedAt WHERE TenantId = @TenantId AND Id = @Id");
}

internal static class JsonReading
{
    public static string Str(this JsonElement json, string member) => json.GetProperty(member).GetString()!;
    public static int Int(this JsonElement json, string member) => json.GetProperty(member).GetInt32();
    public static bool IsNull(this JsonElement json, string member) => json.GetProperty(member).ValueKind == JsonValueKind.Null;
    public static JsonElement[] Data(this JsonElement page) => [.. page.GetProperty("data").EnumerateArray()];
}
