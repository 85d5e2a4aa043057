using CustomerCrm.Analytics.Topics;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Conditions;

namespace CustomerCrm.Topics.Training;

/// <summary>Learn anew from the solved tickets of which people have said what they are about.</summary>
public sealed record TrainTopics;

/// <summary>What the classifier said itself is never learnt from. The same tickets give the same model, so a second run does no harm.</summary>
internal sealed class TrainTopicsJob(TenantDb db, TicketTexts texts, TopicBook book, EventLog events, TimeProvider clock) : IJob<TrainTopics>
{
    /// <summary>The last ones: what tickets are about changes.</summary>
    private const int Most = 5_000;

    public async Task RunAsync(TrainTopics work, CancellationToken ct)
    {
        var labelled = await db.QueryTopAsync<Labelled>(Said, Most, null, ct);
        if (labelled.Count == 0) return;
        var learnt = new List<LabelledText>(labelled.Count);
        foreach (var one in labelled)
        {
            ct.ThrowIfCancellationRequested();
            learnt.Add(new LabelledText(one.TopicId.ToString(), TopicWords.Of(await texts.OfAsync(one.TicketId, one.Subject, ct))));
        }
        var trial = TopicTrial.Run(learnt);
        var stand = ClassifierStand.Of(trial, labelled.DistinctBy(l => l.TopicId).ToDictionary(l => l.TopicId.ToString(), l => l.Name), labelled.Count, clock.GetUtcNow());
        await db.InTransactionAsync(async () =>
        {
            await book.KeepAsync(stand, stand.IsActive ? TopicModel.Train(TopicTrial.Usable(learnt)) : null, ct);
            events.Record("topic.trained", stand);
        }, ct);
    }

    private sealed record Labelled
    {
        public required Id<Ticket> TicketId { get; init; }
        public required string Subject { get; init; }
        public required Id<TicketTopic> TopicId { get; init; }
        public required string Name { get; init; }
    }

    private static readonly TenantSql Said = TenantSql.Of("""
        SELECT s.TicketId, t.Subject, s.SaidTopicId AS TopicId, p.Name
        FROM TicketTopics s
        JOIN Tickets t ON t.TenantId = s.TenantId AND t.Id = s.TicketId
        JOIN Topics p ON p.TenantId = s.TenantId AND p.Id = s.SaidTopicId
        WHERE s.TenantId = @TenantId
          AND s.SaidTopicId IS NOT NULL
          AND t.Category >= 5
          AND t.MergedIntoId IS NULL
        ORDER BY s.SaidAt DESC, s.TicketId DESC
        """);
}
