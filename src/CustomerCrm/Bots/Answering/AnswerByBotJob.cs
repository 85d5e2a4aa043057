using CustomerCrm.Bots.Talking;
using CustomerCrm.Conversations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Bots.Answering;

/// <summary>A customer has written in a conversation.</summary>
public sealed record AnswerByBot(Id<Conversation> ConversationId, int Number);

/// <summary>
/// Answers what a customer wrote up to then and no bot has answered yet, message by message, each in one transaction with the note that it was answered:
/// so each has exactly one answer, also when this runs twice or a worker dies in it.
/// </summary>
internal sealed class AnswerByBotJob(
    TenantDb db, BotChoice bots, TalkBook talks, BotLookups lookups, BotHours hours, BotReply reply, BotHandOver handOver, Caller caller, EventLog events, TimeProvider clock) : IJob<AnswerByBot>
{
    public async Task RunAsync(AnswerByBot work, CancellationToken ct)
    {
        foreach (var heard in await db.QueryAsync<HeardMessage>(Unanswered, new { work.ConversationId, work.Number }, ct))
        {
            try
            {
                await db.InTransactionAsync(() => AnswerAsync(work.ConversationId, heard, ct), ct);
            }
            catch (DuplicateKeyException)
            {
                // Another run has answered it meanwhile.
            }
        }
    }

    private async Task AnswerAsync(Id<Conversation> conversationId, HeardMessage heard, CancellationToken ct)
    {
        if (await db.FindAsync<Conversation>(ById, new { ConversationId = conversationId }, ct) is not { State: not ConversationState.Closed } conversation) return;
        if (await bots.OfAsync(conversation, ct) is not { } bot) return;
        if (heard.Channel is { } channel && !bot.Channels.Contains(channel)) return; // who goes on in the chat has written mails to people
        var talk = await talks.LatestAsync(conversationId, ct);
        if (!BotTurn.IsItsTurn(conversation, talk))
        {
            if (talk is { Outcome: BotOutcome.Talking }) await talks.TakeOverAsync(talk, ct);
            return;
        }
        if (BotTurn.BeginsAnew(conversation, talk)) talk = await talks.BeginAsync(conversation, bot, talk, ct);
        var move = await HearAsync(conversation, bot, talk!, heard, ct);

        caller.ActAs(new Actor(ActorKind.Rule, bot.Id.ToString(), bot.Name));
        await talks.KeepAsync(conversationId, bot, talk!, heard, move, ct);
        if (move.Says.Count > 0) await reply.SayAsync(conversationId, bot, heard.Id, string.Join("\n\n", move.Says), ct);
        if (move.Reason is not null) await handOver.DoAsync(conversation, bot, talk!.Id, move, ct);
        if (move.Outcome == BotOutcome.Resolved) events.Record("bot.resolved", BotNews.Of(bot.Id, talk!.Id, conversation, move, null), conversation.CustomerId.Value);
    }

    private async Task<BotMove> HearAsync(Conversation conversation, ChosenBot bot, BotTalkRow talk, HeardMessage heard, CancellationToken ct)
    {
        var (flow, state) = (bot.Flow, talk.State);
        var (areOpen, opensAt) = await hours.AtAsync(flow, clock.GetUtcNow(), ct);
        var isIdentified = await db.FindAsync<int>(Proven, new { EntryId = heard.Id }, ct) > 0;
        var facts = new BotFacts { IsIdentified = isIdentified, Language = state.Locale, Channel = WireName.Of(conversation.Channel), AreOpen = areOpen, OpensAt = opensAt, BotName = bot.Name };
        return await lookups.HearAsync(keeps: true, flow, state, heard.Text ?? "", facts, isIdentified ? conversation.CustomerId : null, ct);
    }

    private static readonly TenantSql ById = Conversation.Matching.Then("AND c.Id = @ConversationId");

    private static readonly TenantSql Unanswered = TenantSql.Of("""
        SELECT e.Id, e.Number, e.Channel, i.Body AS Text
        FROM ConversationEntries e
        LEFT JOIN Interactions i ON i.TenantId = @TenantId AND i.Id = e.InteractionId
        WHERE e.TenantId = @TenantId
          AND e.ConversationId = @ConversationId
          AND e.Number <= @Number
          AND e.Kind = 1
          AND e.Author = 1
          AND e.IsAutomatic = 0
          AND e.Number > (SELECT COALESCE(MAX(t.Number), 0) FROM BotTurns t WHERE t.TenantId = @TenantId AND t.ConversationId = @ConversationId)
          AND e.Number > (SELECT COALESCE(MAX(c.Number), 0) FROM ConversationEntries c WHERE c.TenantId = @TenantId AND c.ConversationId = @ConversationId AND c.Kind = 3 AND c.What = 'closed')
          AND e.Number > (SELECT COALESCE(MAX(a.Number), 0) FROM ConversationEntries a WHERE a.TenantId = @TenantId AND a.ConversationId = @ConversationId AND a.Kind = 1 AND a.Author = 2)
        ORDER BY e.Number
        """);

    // A program of the tenant's has said who the visitor is that has written this; who else was in the conversation proves nothing of them.
    private static readonly TenantSql Proven = TenantSql.Of("""
        SELECT COUNT(*)
        FROM ConversationEntries e
        JOIN ChatVisitors v ON v.TenantId = e.TenantId AND v.Id = e.VisitorId
        WHERE e.TenantId = @TenantId
          AND e.Id = @EntryId
          AND v.IsVerified = 1
        """);
}
