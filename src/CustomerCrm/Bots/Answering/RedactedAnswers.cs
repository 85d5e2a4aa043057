using System.Text.Json;
using CustomerCrm.Bots.Talking;
using CustomerCrm.Conversations;
using CustomerCrm.Conversations.Redaction;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Bots.Answering;

/// <summary>What a bot has learnt from a message is forgotten with it.</summary>
internal sealed class RedactedAnswers(TenantDb db) : IRedactionWatcher
{
    public async Task<IReadOnlyList<string>> RedactedAsync(ConversationEntry entry, CancellationToken ct)
    {
        if (entry is not { Kind: Conversations.EntryKind.Message, Author: EntryAuthor.Customer, Text: { } text }) return [];
        await db.ExecuteAsync(ForgetTurn, new { EntryId = entry.Id }, ct);
        var talks = await db.QueryAsync<Talk>(Talks, new { entry.ConversationId }, ct);
        foreach (var talk in talks)
        {
            var state = JsonSerializer.Deserialize<BotState>(talk.StateText, StrictJson.Options)!;
            var kept = state.Slots.Where(slot => !text.Contains(slot.Value, StringComparison.OrdinalIgnoreCase)).ToDictionary();
            if (kept.Count < state.Slots.Count) await db.ExecuteAsync(Keep, new { talk.Id, StateText = JsonSerializer.Serialize(state with { Slots = kept }, StrictJson.Options) }, ct);
        }
        return [.. talks.Select(talk => talk.Id.ToString())];
    }

    private sealed record Talk
    {
        public required Id<BotSession> Id { get; init; }
        public required string StateText { get; init; }
    }

    private static readonly TenantSql Talks = TenantSql.Of("SELECT s.Id, s.StateText FROM BotSessions s WHERE s.TenantId = @TenantId AND s.ConversationId = @ConversationId");

    private static readonly TenantSql Keep = TenantSql.Of("""
        UPDATE BotSessions
        SET StateText = @StateText
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);

    private static readonly TenantSql ForgetTurn = TenantSql.Of("""
        UPDATE BotTurns
        SET Said = NULL, ExplainedText = '[]'
        WHERE TenantId = @TenantId
          AND EntryId = @EntryId
        """);
}
