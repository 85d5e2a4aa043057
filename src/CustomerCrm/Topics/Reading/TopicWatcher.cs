using CustomerCrm.Analytics.Topics;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Conditions;
using CustomerCrm.Topics.Training;

namespace CustomerCrm.Topics.Reading;

/// <summary>Reads new tickets, before promises and routing look at them, and keeps what people say of their topics.</summary>
internal sealed class TopicWatcher(TenantDb db, TopicBook book, TicketTexts texts, TicketWriter tickets, Caller caller, TimeProvider clock) : ITicketWatcher
{
    private bool isReading;

    public async Task OpenedAsync(Ticket ticket, CancellationToken ct)
    {
        if (ticket.TopicId is not null || await book.ModelAsync(ct) is not var (modelId, model)) return;
        var read = TopicRead.Of(model.Read(TopicWords.Of(await texts.OfAsync(ticket, ct))));
        // Who deleted a topic since the training does not want it back.
        var topicId = read.TopicId is { } likeliest && await db.FindAsync<int?>(HasTopic, new { TopicId = likeliest }, ct) is not null ? read.TopicId : null;
        await db.ExecuteAsync(KeepRead, new { TicketId = ticket.Id, ReadTopicId = topicId?.ToBytes(), read.Topics[0].Likelihood, ModelId = modelId, EvidenceText = read.Write(), Now = clock.GetUtcNow() }, ct);
        if (topicId is null) return;
        isReading = true;
        try
        {
            await tickets.ChangeAsync(ticket.Id, new TicketChange { TopicId = new Change<Id<TicketTopic>?>(topicId) }, ct);
        }
        finally
        {
            isReading = false;
        }
    }

    public Task ChangedAsync(Ticket before, Ticket after, TicketMoment why, CancellationToken ct) => isReading || before.TopicId == after.TopicId ? Task.CompletedTask : SayAsync(after.Id, after.TopicId, ct);

    /// <exception cref="ApiProblem">422: there is no such topic.</exception>
    public async Task SayAsync(Id<Ticket> ticketId, Id<TicketTopic>? topicId, CancellationToken ct)
    {
        if (topicId is { } named && await db.FindAsync<int?>(HasTopic, new { TopicId = named }, ct) is null) throw ApiProblem.Invalid("/topic_id", "unknown_topic", "There is no such topic.");
        var actor = topicId is null ? null : caller.Actor;
        var row = new { TicketId = ticketId, SaidTopicId = topicId?.ToBytes(), SaidAt = topicId is null ? (DateTimeOffset?)null : clock.GetUtcNow(), ActorKind = actor?.Kind, ActorId = actor?.Id, ActorName = actor?.Name };
        if (await db.ExecuteAsync(UpdateSaid, row, ct) == 0) await db.ExecuteAsync(InsertSaid, row, ct);
    }

    private static readonly TenantSql HasTopic = TenantSql.Of("SELECT 1 FROM Topics p WHERE p.TenantId = @TenantId AND p.Id = @TopicId");

    private static readonly TenantSql KeepRead = TenantSql.Of("""
        INSERT INTO TicketTopics (TenantId, TicketId, ReadTopicId, Likelihood, ModelId, EvidenceText, ReadAt)
        VALUES (@TenantId, @TicketId, @ReadTopicId, @Likelihood, @ModelId, @EvidenceText, @Now)
        """);

    private static readonly TenantSql UpdateSaid = TenantSql.Of("""
        UPDATE TicketTopics
        SET SaidTopicId = @SaidTopicId, SaidAt = @SaidAt, ActorKind = @ActorKind, ActorId = @ActorId, ActorName = @ActorName
        WHERE TenantId = @TenantId
          AND TicketId = @TicketId
        """);

    private static readonly TenantSql InsertSaid = TenantSql.Of("""
        INSERT INTO TicketTopics (TenantId, TicketId, SaidTopicId, SaidAt, ActorKind, ActorId, ActorName)
        VALUES (@TenantId, @TicketId, @SaidTopicId, @SaidAt, @ActorKind, @ActorId, @ActorName)
        """);
}
