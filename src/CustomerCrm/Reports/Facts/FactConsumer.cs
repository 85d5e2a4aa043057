using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Reports.Days;
using CustomerCrm.Tickets;

namespace CustomerCrm.Reports.Facts;

/// <summary>Keeps what reports of service count, seconds behind the tickets; history that is being loaded, too.</summary>
internal sealed class FactConsumer(FactWriter facts, WordCounting words, DayBook days, JobQueue jobs) : IEventConsumer
{
    // With what hangs on them tickets go into the bin, out of it or away, and their facts with them.
    private static readonly string[] moved = ["ticket.removed", "ticket.restored", "ticket.purged", "customer.removed", "customer.restored", "customer.purged"];

    public string Name => "service_reports";

    public TimeSpan Rest => TimeSpan.FromMilliseconds(50);

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        var tickets = new Dictionary<string, byte[]>();
        foreach (var happened in events.Where(e => e.Type.StartsWith("ticket.", StringComparison.Ordinal)))
        {
            using var data = JsonDocument.Parse(happened.Data);
            if (!data.RootElement.TryGetProperty("id", out var said) || !Id<Ticket>.TryRead(said.GetString(), out var id)) continue;
            tickets[id.ToString()] = id.ToBytes();
            if (happened.Type == "ticket.created" && data.RootElement.TryGetProperty("subject", out var subject)) await words.AddAsync(subject.GetString() ?? "", happened.OccurredAt, ct);
        }
        foreach (var id in tickets.Values) await facts.RefreshAsync(id, ct);
        if (events.Any(e => moved.Contains(e.Type))) await jobs.EnqueueOnceAsync(new CheckDays(), "moved", ct);
        if (events.Any(e => e.Type == "tenant.updated")) await days.ForgetOtherZonesAsync(ct);
    }
}
