using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerCrm.Analytics.Topics;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Users;

namespace CustomerCrm.Tickets.Conditions;

/// <summary>What a condition asks of a ticket, looked up only where it is asked.</summary>
internal sealed class TicketFacts(TenantDb db, TicketTexts texts, IEnumerable<ITicketQuestion> questions)
{
    internal const string Words = "words", Language = "language";
    private const string Text = "text", LastAgent = "last_agent_id", Topic = "topic", Own = "custom_fields.";

    // What the ticket says of itself.
    private static readonly Dictionary<string, Func<Ticket, object?>> plain = new(StringComparer.Ordinal)
    {
        ["priority"] = t => t.Priority, ["type"] = t => t.Type, ["category"] = t => t.Category, ["channel"] = t => t.Channel, [Language] = t => t.Language, ["subject"] = t => t.Subject, ["tags"] = t => t.Tags,
        ["team_id"] = t => t.TeamId, ["assignee_id"] = t => t.AssigneeId, ["reopen_count"] = t => t.ReopenCount, ["follows_id"] = t => t.FollowsId, ["origin"] = t => t.Origin.Kind, ["source"] = t => t.Source,
    };

    private static readonly string[] lookedUp = [Text, Words, LastAgent, Topic];

    /// <returns>What can be asked, where this cannot; null if it can.</returns>
    public string? WhyNot(string field) => plain.ContainsKey(field) || lookedUp.Contains(field) || field.StartsWith(Own, StringComparison.Ordinal) || questions.Any(q => q.Field == field) ? null
        : $"There is no such field. One of: {string.Join(", ", plain.Keys.Concat(lookedUp).Concat(questions.Select(q => q.Field)))}, or {Own} and the name of one of the tickets' own.";

    /// <summary>It is known of the customer and not of the ticket, so it may change without the ticket.</summary>
    public bool IsOfCustomer(string field) => field == LastAgent || questions.Any(q => q.Field == field);

    /// <returns>An object with those of the fields that have a value.</returns>
    public async Task<JsonElement> SeeAsync(Ticket ticket, IEnumerable<string> fields, CancellationToken ct)
    {
        var facts = new JsonObject();
        foreach (var field in fields.Distinct())
        {
            if (field.StartsWith(Own, StringComparison.Ordinal)) facts["custom_fields"] ??= JsonSerializer.SerializeToNode(ticket.CustomFields, StrictJson.Options);
            else if (await ValueAsync(ticket, field, ct) is { } value) facts[field] = JsonSerializer.SerializeToNode(value, value.GetType(), StrictJson.Options);
        }
        return JsonSerializer.SerializeToElement(facts);
    }

    private async Task<object?> ValueAsync(Ticket ticket, string field, CancellationToken ct) => field switch
    {
        Text => await texts.OfAsync(ticket, ct),
        Words => TopicWords.Of(await texts.OfAsync(ticket, ct)),
        LastAgent => await db.FindAsync<Id<User>?>(LastAgentOf, new { ticket.CustomerId, TicketId = ticket.Id }, ct),
        Topic => ticket.TopicId is null ? null : await db.FindAsync<string>(TopicName, new { ticket.TopicId }, ct),
        _ => plain.TryGetValue(field, out var of) ? of(ticket) : questions.FirstOrDefault(q => q.Field == field) is { } question ? await question.SeeAsync(ticket, ct) : null,
    };

    private static readonly TenantSql LastAgentOf = TenantSql.Of("""
        SELECT t.AssigneeId
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.CustomerId = @CustomerId
          AND t.AssigneeId IS NOT NULL
          AND t.Id <> @TicketId
          AND t.Number = (SELECT MAX(o.Number) FROM Tickets o WHERE o.TenantId = @TenantId AND o.CustomerId = @CustomerId AND o.AssigneeId IS NOT NULL AND o.Id <> @TicketId)
        """);

    private static readonly TenantSql TopicName = TenantSql.Of("SELECT p.Name FROM Topics p WHERE p.TenantId = @TenantId AND p.Id = @TopicId");
}
