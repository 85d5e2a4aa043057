using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Reports.Facts;
using CustomerCrm.Tickets;
using CustomerCrm.Users;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Reports;

/// <summary>Tickets with a past, written as if they had been lived through: the clock of the tests stands still.</summary>
internal sealed class SomeService
{
    private int number;

    public required TestTenant Acme { get; init; }
    public required Customer Ana { get; init; }

    public static async Task<SomeService> NewAsync(string timeZone = "UTC")
    {
        var acme = await TestTenant.NewAsync(timeZone);
        return new SomeService { Acme = acme, Ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana", email = $"{Guid.NewGuid():N}@example.com" }) };
    }

    /// <param name="openedAt">When the customer wrote.</param>
    /// <param name="solvedAt">Null: it is not solved.</param>
    /// <param name="said">Who said something when, after it was opened: "agent 10" for an agent ten minutes later, "customer 20" for the customer, "bot 5".</param>
    /// <param name="agent">Who answered, and whose it is.</param>
    /// <param name="reopens">How often it was opened again.</param>
    /// <param name="source">What opened it.</param>
    /// <param name="channel">1 e-mail, 3 chat.</param>
    /// <param name="topic">What it is about.</param>
    public async Task<Id<Ticket>> TicketAsync(string openedAt, string? solvedAt = null, string[]? said = null, Id<User>? agent = null, int reopens = 0, string source = "api", int channel = 1, byte[]? topic = null)
    {
        var (id, conversation, opened) = (Id<Ticket>.New(), Guid.NewGuid().ToByteArray(), DateTimeOffset.Parse(openedAt, System.Globalization.CultureInfo.InvariantCulture));
        await Acme.WithDbAsync(db => db.InTransactionAsync(async () =>
        {
            await db.ExecuteAsync(Conversation, new { Id = conversation, CustomerId = Ana.Id, At = opened }, default);
            await db.ExecuteAsync(InsertTicket, new
            {
                Id = id, Number = 1000 + Interlocked.Increment(ref number), CustomerId = Ana.Id, ConversationId = conversation, Category = solvedAt is null ? 2 : 5, Channel = channel, TopicId = topic, AgentId = agent?.ToBytes(),
                Reopens = reopens, Source = source, AskedAt = source == "api" ? opened : (DateTimeOffset?)null, At = opened,
                SolvedAt = solvedAt is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(solvedAt, System.Globalization.CultureInfo.InvariantCulture),
            }, default);
            foreach (var (i, one) in (said ?? []).Index())
            {
                var (who, minutes) = (one.Split(' ')[0], double.Parse(one.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
                await db.ExecuteAsync(InsertEntry, new { Id = Guid.NewGuid().ToByteArray(), ConversationId = conversation, Number = i + 1, Author = who switch { "customer" => 1, "agent" => 2, _ => 3 }, AuthorId = who == "agent" ? agent?.ToBytes() : null, At = opened.AddMinutes(minutes) }, default);
            }
        }, default));
        return id;
    }

    /// <summary>As the night's sweep does.</summary>
    public Task CountAsync() => Acme.WithScopeAsync(services => services.GetRequiredService<IJob<RefreshFacts>>().RunAsync(new RefreshFacts(), default));

    public async Task<Dictionary<string, JsonElement>> MetricsAsync(string query) =>
        (await Acme.GetAsync<JsonElement>($"/v1/reports/service?{query}")).GetProperty("metrics").EnumerateArray().ToDictionary(metric => metric.GetProperty("key").GetString()!);

    public static double? Value(JsonElement metric, string measure, string? hours = null, string member = "value")
    {
        var figure = metric.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("measure").GetString() == measure && f.GetProperty("hours").GetString() == hours);
        return figure.GetProperty(member).ValueKind == JsonValueKind.Null ? null : figure.GetProperty(member).GetDouble();
    }

    private static readonly TenantSql Conversation = TenantSql.Of("""
        INSERT INTO Conversations (TenantId, Id, CustomerId, State, Channel, LastNumber, LastMessage, LastEntryAt, ReopenCount, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @CustomerId, 1, 1, 0, 0, @At, 0, 1, @At, @At)
        """);

    private static readonly TenantSql InsertTicket = TenantSql.Of("""
        INSERT INTO Tickets (TenantId, Id, Number, CustomerId, ConversationId, Category, Type, Priority, Subject, Channel, TopicId, AssigneeId, ReopenCount, CustomerRepliedAt, SolvedAt, SourceKind, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Number, @CustomerId, @ConversationId, @Category, 1, 2, 'Where is it?', @Channel, @TopicId, @AgentId, @Reopens, @AskedAt, @SolvedAt, @Source, 1, @At, @At)
        """);

    private static readonly TenantSql InsertEntry = TenantSql.Of("""
        INSERT INTO ConversationEntries (TenantId, Id, ConversationId, Number, Kind, Author, AuthorId, IsAutomatic, OccurredAt, CreatedAt)
        VALUES (@TenantId, @Id, @ConversationId, @Number, 1, @Author, @AuthorId, 0, @At, @At)
        """);
}
