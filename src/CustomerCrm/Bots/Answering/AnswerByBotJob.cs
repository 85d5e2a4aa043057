using System.Text.Json;
using CustomerCrm.Articles.Reports;
using CustomerCrm.Bots.Flow;
using CustomerCrm.Bots.Talking;
using CustomerCrm.Conversations;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;

namespace CustomerCrm.Bots.Answering;

/// <summary>A customer has written in a conversation.</summary>
public sealed record AnswerByBot(Id<Conversation> ConversationId, int Number);

/// <summary>
/// Answers what a customer wrote up to then and no bot has answered yet, message by message, each in one transaction with the note that it was answered:
/// so each has exactly one answer, also when this runs twice or a worker dies in it.
/// </summary>
internal sealed class AnswerByBotJob(
    TenantDb db, BotLookups lookups, BotHours hours, BotHandOver handOver, ConversationWriter conversations, CurrentSettings settings, Caller caller, EventLog events, TimeProvider clock) : IJob<AnswerByBot>
{
    public async Task RunAsync(AnswerByBot work, CancellationToken ct)
    {
        foreach (var heard in await db.QueryAsync<Heard>(Unanswered, new { work.ConversationId, work.Number }, ct))
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

    private async Task AnswerAsync(Id<Conversation> conversationId, Heard heard, CancellationToken ct)
    {
        if (await db.FindAsync<Conversation>(ById, new { ConversationId = conversationId }, ct) is not { State: not ConversationState.Closed } conversation) return;
        if (await BotOfAsync(conversation, ct) is not { } bot) return;
        var now = clock.GetUtcNow();
        var session = await db.QueryTopAsync<Session>(LatestSession, 1, new { ConversationId = conversationId }, ct) is [var latest] ? latest : null;
        if (!BotTurn.IsItsTurn(conversation, session))
        {
            if (session is { Outcome: BotOutcome.Talking }) await db.ExecuteAsync(TakeOver, new { session.Id, Now = now }, ct);
            return;
        }
        if (session is null or { Outcome: BotOutcome.Resolved } || session.ReopenCount != conversation.ReopenCount) session = await BeginAsync(conversation, bot, session, now, ct);

        var (flow, state) = (JsonSerializer.Deserialize<BotFlow>(bot.FlowText, StrictJson.Options)!, JsonSerializer.Deserialize<BotState>(session.StateText, StrictJson.Options)!);
        var (areOpen, opensAt) = await hours.AtAsync(flow, now, ct);
        var isIdentified = await db.FindAsync<int>(Proven, new { EntryId = heard.Id }, ct) > 0;
        var facts = new BotFacts { IsIdentified = isIdentified, Language = state.Locale, Channel = WireName.Of(conversation.Channel), AreOpen = areOpen, OpensAt = opensAt, BotName = bot.Name };
        var move = await lookups.HearAsync(keeps: true, flow, state, heard.Text ?? "", facts, isIdentified ? conversation.CustomerId : null, ct);

        caller.ActAs(new Actor(ActorKind.Rule, bot.Id.ToString(), bot.Name));
        await db.ExecuteAsync(InsertTurn, new
        {
            EntryId = heard.Id, ConversationId = conversationId, SessionId = session.Id, BotId = bot.Id, heard.Number, move.Intent, move.Score, move.IsUnrecognised,
            Said = move.IsUnrecognised ? SearchedText.Of(heard.Text ?? "") : null, ExplainedText = JsonSerializer.Serialize(move.Why, StrictJson.Options), Now = now,
        }, ct);
        await db.ExecuteAsync(Advance, new
        {
            session.Id, StateText = JsonSerializer.Serialize(move.State, StrictJson.Options), move.Outcome, move.Reason, move.Intent, move.IsHelpful, Now = now, EndedAt = move.Outcome == BotOutcome.Talking ? (DateTimeOffset?)null : now,
        }, ct);
        if (move.Says.Count > 0) await SayAsync(conversation, bot, heard, string.Join("\n\n", move.Says), ct);
        if (move.Reason is not null) await handOver.DoAsync(conversation, bot, flow, move, ct);
        if (move.Outcome == BotOutcome.Resolved) events.Record("bot.resolved", BotNews.Of(bot.Id, session.Id, conversation, move), conversation.CustomerId.Value);
    }

    private async Task SayAsync(Conversation conversation, Answering bot, Heard heard, string text, CancellationToken ct)
    {
        try
        {
            await conversations.AppendAsync(conversation.Id, new NewEntry { Author = EntryAuthor.Bot, AuthorName = bot.Name, Text = text, Source = "bot", ExternalId = heard.Id.ToString() }, ct);
        }
        catch (ApiProblem problem) when (problem.Status is StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity)
        {
            // The channel does not take it any more: a person has to see that, and trying again would change nothing.
            await conversations.AppendAsync(conversation.Id, new NewEntry { Kind = Conversations.EntryKind.Note, Author = EntryAuthor.Bot, AuthorName = bot.Name, Text = $"The bot's answer could not be sent ({problem.Code}):\n\n{text}" }, ct);
        }
    }

    private async Task<Session> BeginAsync(Conversation conversation, Answering bot, Session? before, DateTimeOffset now, CancellationToken ct)
    {
        var language = await db.FindAsync<string?>(LanguageOf, new { conversation.CustomerId }, ct) ?? (await settings.GetAsync(ct)).Locale;
        var session = new Session
        {
            Id = Id<BotSession>.New(), Outcome = BotOutcome.Talking, ReopenCount = conversation.ReopenCount, StartedAt = now,
            StateText = JsonSerializer.Serialize(new BotState { Locale = language, IsIntroduced = before is not null && before.ReopenCount == conversation.ReopenCount }, StrictJson.Options),
        };
        await db.ExecuteAsync(InsertSession, new { session.Id, ConversationId = conversation.Id, BotId = bot.Id, Version = bot.PublishedVersion, session.StateText, conversation.ReopenCount, Now = now }, ct);
        return session;
    }

    // One that was published and enabled first, of those on this channel.
    private async Task<Answering?> BotOfAsync(Conversation conversation, CancellationToken ct) =>
        (await db.QueryAsync<Answering>(Enabled, null, ct)).FirstOrDefault(bot => JsonSerializer.Deserialize<InteractionChannel[]>(bot.ChannelsText, StrictJson.Options)!.Contains(conversation.Channel));

    private sealed record Heard
    {
        public required Id<ConversationEntry> Id { get; init; }
        public required int Number { get; init; }
        public string? Text { get; init; }
    }

    internal sealed record Session
    {
        public required Id<BotSession> Id { get; init; }
        public required BotOutcome Outcome { get; init; }
        public required string StateText { get; init; }
        public required int ReopenCount { get; init; }
        public required DateTimeOffset StartedAt { get; init; }

        /// <summary>What people have said since it began.</summary>
        public int AgentMessages { get; init; }
    }

    internal sealed record Answering
    {
        public required Id<Bot> Id { get; init; }
        public required string Name { get; init; }
        public required string ChannelsText { get; init; }
        public required int PublishedVersion { get; init; }
        public required string FlowText { get; init; }
    }

    // Two runs meet at the key of the turn: the second waits there on SQL Server, and finds it taken.
    private static readonly TenantSql ById = Conversation.Matching.Then("AND c.Id = @ConversationId");

    private static readonly TenantSql Enabled = TenantSql.Of("""
        SELECT b.Id, b.Name, b.ChannelsText, b.PublishedVersion, v.FlowText
        FROM Bots b
        JOIN BotVersions v ON v.TenantId = @TenantId AND v.BotId = b.Id AND v.Version = b.PublishedVersion
        WHERE b.TenantId = @TenantId
          AND b.IsEnabled = 1
        ORDER BY b.CreatedAt, b.Id
        """);

    private static readonly TenantSql Unanswered = TenantSql.Of("""
        SELECT e.Id, e.Number, i.Body AS Text
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

    private static readonly TenantSql LatestSession = TenantSql.Of("""
        SELECT s.Id, s.Outcome, s.StateText, s.ReopenCount, s.StartedAt,
            (SELECT COUNT(*) FROM ConversationEntries e
             WHERE e.TenantId = @TenantId AND e.ConversationId = @ConversationId AND e.Kind = 1 AND e.Author = 2
               AND e.Number > (SELECT MIN(t.Number) FROM BotTurns t WHERE t.TenantId = @TenantId AND t.SessionId = s.Id)) AS AgentMessages
        FROM BotSessions s
        WHERE s.TenantId = @TenantId
          AND s.ConversationId = @ConversationId
        ORDER BY s.StartedAt DESC, s.Id DESC
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

    private static readonly TenantSql LanguageOf = TenantSql.Of("SELECT c.Language FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");

    private static readonly TenantSql InsertSession = TenantSql.Of("""
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
