using System.Text.Json;
using CustomerCrm.Conversations;
using CustomerCrm.Conversations.Redaction;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Tickets.Conditions;
using CustomerCrm.Tickets.Moves;

namespace CustomerCrm.RoutingRules.Decisions;

/// <summary>How a ticket was routed stays explained; the words that rules saw in a message are forgotten with it.</summary>
internal sealed class RedactedDecisions(TenantDb db) : IRedactionWatcher
{
    private static readonly string[] ofWords = ["subject", "text", "words"];

    public async Task<IReadOnlyList<string>> RedactedAsync(ConversationEntry entry, CancellationToken ct)
    {
        if (entry is not { Kind: EntryKind.Message, Author: EntryAuthor.Customer }) return [];
        foreach (var decision in await db.QueryAsync<Decided>(OfConversation, new { entry.ConversationId }, ct))
        {
            var details = JsonSerializer.Deserialize<RoutingDetails>(decision.DetailsText, StrictJson.Options)!;
            var forgotten = details with { Rules = [.. details.Rules.Select(rule => rule with { Condition = Wordless(rule.Condition) })] };
            await db.ExecuteAsync(Keep, new { decision.Id, DetailsText = JsonSerializer.Serialize(forgotten, StrictJson.Options) }, ct);
        }
        return [];
    }

    private static ExplainedTicketCondition Wordless(ExplainedTicketCondition seen) => seen with
    {
        Seen = seen.Test is { } test && ofWords.Contains(test.Field) ? null : seen.Seen,
        Parts = [.. seen.Parts.Select(Wordless)],
    };

    private sealed record Decided
    {
        public required Id<RoutingDecision> Id { get; init; }
        public required string DetailsText { get; init; }
    }

    private static readonly TenantSql OfConversation = TenantSql.Of($"""
        SELECT d.Id, d.Details AS DetailsText
        FROM Tickets t
        JOIN RoutingDecisions d ON d.TenantId = t.TenantId AND d.TicketId = t.Id
        WHERE t.TenantId = @TenantId
          AND {TicketsTold.InConversation}
        """);

    private static readonly TenantSql Keep = TenantSql.Of("""
        UPDATE RoutingDecisions
        SET Details = @DetailsText
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);
}
