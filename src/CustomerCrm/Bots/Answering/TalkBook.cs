using System.Text.Json;
using CustomerCrm.Articles.Reports;
using CustomerCrm.Bots.Talking;
using CustomerCrm.Conversations;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Tenant;

namespace CustomerCrm.Bots.Answering;

/// <summary>The talks of bots: where each stands, and what was decided at each message.</summary>
internal sealed class TalkBook(TenantDb db, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>The conversation's last talk; null: no bot has said anything yet.</summary>
    public async Task<BotTalkRow?> LatestAsync(Id<Conversation> conversationId, CancellationToken ct) =>
        await db.QueryTopAsync<BotTalkRow>(Latest, 1, new { ConversationId = conversationId }, ct) is [var latest] ? latest : null;

    /// <summary>Begins a talk, in the customer's language. Within a conversation it introduces itself once.</summary>
    public async Task<BotTalkRow> BeginAsync(Conversation conversation, ChosenBot bot, BotTalkRow? before, CancellationToken ct)
    {
        var (now, language) = (clock.GetUtcNow(), await db.FindAsync<string?>(LanguageOf, new { conversation.CustomerId }, ct) ?? (await settings.GetAsync(ct)).Locale);
        var talk = new BotTalkRow
        {
            Id = Id<BotSession>.New(), Outcome = BotOutcome.Talking, ReopenCount = conversation.ReopenCount, StartedAt = now,
            StateText = JsonSerializer.Serialize(new BotState { Locale = language, IsIntroduced = before is not null && before.ReopenCount == conversation.ReopenCount }, StrictJson.Options),
        };
        await db.ExecuteAsync(Insert, new { talk.Id, ConversationId = conversation.Id, BotId = bot.Id, Version = bot.PublishedVersion, talk.StateText, conversation.ReopenCount, Now = now }, ct);
        return talk;
    }

    /// <summary>Keeps what was decided at a message, and where the talk stands then.</summary>
    /// <exception cref="DuplicateKeyException">The message is answered already: two runs meet at its key.</exception>
    public async Task KeepAsync(Id<Conversation> conversationId, ChosenBot bot, BotTalkRow talk, HeardMessage heard, BotMove move, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.ExecuteAsync(InsertTurn, new
        {
            EntryId = heard.Id, ConversationId = conversationId, SessionId = talk.Id, BotId = bot.Id, heard.Number, move.Intent, move.Score, move.IsUnrecognised,
            Said = move.IsUnrecognised ? SearchedText.Of(heard.Text ?? "") : null, ExplainedText = JsonSerializer.Serialize(move.Why, StrictJson.Options), Now = now,
        }, ct);
        await db.ExecuteAsync(Advance, new
        {
            talk.Id, StateText = JsonSerializer.Serialize(move.State, StrictJson.Options), move.Outcome, move.Reason, move.Intent, move.IsHelpful, Now = now, EndedAt = move.Outcome == BotOutcome.Talking ? (DateTimeOffset?)null : now,
        }, ct);
    }

    /// <summary>A person has answered or taken the conversation.</summary>
    public Task TakeOverAsync(BotTalkRow talk, CancellationToken ct) => db.ExecuteAsync(TakeOver, new { talk.Id, Now = clock.GetUtcNow() }, ct);

    private static readonly TenantSql Latest = TenantSql.Of("""
        SELECT s.Id, s.Outcome, s.StateText, s.ReopenCount, s.StartedAt,
            (SELECT COUNT(*) FROM ConversationEntries e
             WHERE e.TenantId = @TenantId AND e.ConversationId = @ConversationId AND e.Kind = 1 AND e.Author = 2
               AND e.Number > (SELECT MIN(t.Number) FROM BotTurns t WHERE t.TenantId = @TenantId AND t.SessionId = s.Id)) AS AgentMessages
        FROM BotSessions s
        WHERE s.TenantId = @TenantId
          AND s.ConversationId = @ConversationId
        ORDER BY s.StartedAt DESC, s.Id DESC
        """);

    private static readonly TenantSql LanguageOf = TenantSql.Of("SELECT c.Language FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO BotSessions (TenantId, Id, ConversationId, BotId, Version, StateText, Outcome, Turns, ReopenCount, StartedAt, LastAt)
        VALUES (@TenantId, @Id, @ConversationId, @BotId, @Version, @StateText, 1, 0, @ReopenCount, @Now, @Now)
        """);

    private static readonly TenantSql InsertTurn = TenantSql.Of("""
        INSERT INTO BotTurns (TenantId, EntryId, ConversationId, SessionId, BotId, Number, Intent, Score, IsUnrecognised, Said, ExplainedText, AnsweredAt)
        VALUES (@TenantId, @EntryId, @ConversationId, @SessionId, @BotId, @Number, @Intent, @Score, @IsUnrecognised, @Said, @ExplainedText, @Now)
        """);

    private static readonly TenantSql TakeOver = TenantSql.Of("""
        UPDATE BotSessions
        SET Outcome = 5, EndedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);

    private static readonly TenantSql Advance = TenantSql.Of("""
        UPDATE BotSessions
        SET StateText = @StateText, Outcome = @Outcome, Reason = COALESCE(@Reason, Reason), Intent = COALESCE(Intent, @Intent), IsHelpful = COALESCE(@IsHelpful, IsHelpful),
            Turns = Turns + 1, LastAt = @Now, EndedAt = @EndedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);
}

/// <summary>A talk as it is kept.</summary>
internal sealed record BotTalkRow
{
    public required Id<BotSession> Id { get; init; }
    public required BotOutcome Outcome { get; init; }
    public required string StateText { get; init; }
    public required int ReopenCount { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What people have said since it began.</summary>
    public int AgentMessages { get; init; }

    public BotState State => JsonSerializer.Deserialize<BotState>(StateText, StrictJson.Options)!;
}

/// <summary>What a customer wrote and no bot has answered yet.</summary>
internal sealed record HeardMessage
{
    public required Id<ConversationEntry> Id { get; init; }
    public required int Number { get; init; }
    public InteractionChannel? Channel { get; init; }
    public string? Text { get; init; }
}
