using System.Text.Json;
using CustomerCrm.Conversations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Bots.Answering;

/// <summary>Wakes the bot when a customer has written. What is loaded from elsewhere wakes nobody.</summary>
internal sealed class BotConsumer(TenantDb db, JobQueue jobs) : IEventConsumer
{
    public string Name => "bots";

    public ValueTask<bool> ConcernsAsync(IReadOnlyList<EventRow> events, CancellationToken ct) => ValueTask.FromResult(events.Any(IsWritten));

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        var written = events.Where(IsWritten).ToArray();
        if (written.Length == 0 || await db.FindAsync<int>(Enabled, null, ct) == 0) return;
        foreach (var e in written)
        {
            using var data = JsonDocument.Parse(e.Data);
            if (Id<Conversation>.TryRead(data.RootElement.GetProperty("conversation_id").GetString(), out var conversationId))
                await jobs.EnqueueAsync(new AnswerByBot(conversationId, data.RootElement.GetProperty("number").GetInt32()), ct);
        }
    }

    private static bool IsWritten(EventRow e) => e is { Type: "conversation.message_received", IsQuiet: false };

    private static readonly TenantSql Enabled = TenantSql.Of("SELECT COUNT(*) FROM Bots b WHERE b.TenantId = @TenantId AND b.IsEnabled = 1 AND b.PublishedVersion IS NOT NULL");
}
