using System.Text.Json;
using CustomerCrm.Conversations.Releasing;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Users;

namespace CustomerCrm.Tickets.Releasing;

/// <summary>Hears that somebody has left the tenant.</summary>
internal sealed class LeaverConsumer(JobQueue jobs) : IEventConsumer
{
    public string Name => "ticket_leavers";

    public ValueTask<bool> ConcernsAsync(IReadOnlyList<EventRow> events, CancellationToken ct) => ValueTask.FromResult(events.Any(IsLeaving));

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        foreach (var left in events.Where(IsLeaving))
        {
            using var data = JsonDocument.Parse(left.Data);
            if (!Id<User>.TryRead(data.RootElement.GetProperty("id").GetString(), out var userId)) continue;
            await jobs.EnqueueAsync(new ReleaseTickets(userId), ct);
            await jobs.EnqueueAsync(new ReleaseConversations(userId), ct);
        }
    }

    private static bool IsLeaving(EventRow e) => e.Type == "user.deleted";
}
