using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tickets.Promises;

/// <summary>What a customer was promised of a ticket, and how that stands: in one line. <c>GET /v1/tickets/{ticket_id}/sla</c> explains it.</summary>
/// <example>{"sla_id":"sla_01jq3v9k5ze8xv2m7r4t6y8w0a","sla_name":"Best customers","next_promise":"resolution","next_due_at":"2030-01-15T14:00:00Z","is_paused":false,"is_breached":true,"breached":["first_response"]}</example>
public sealed record TicketSla : IHasId
{
    public static string Prefix => "sla";

    /// <summary>The policy that its clocks are counted by; null where it is gone, or none is the ticket's any more.</summary>
    public required Id<TicketSla>? SlaId { get; init; }

    public required string? SlaName { get; init; }

    /// <summary>What is due first of what still runs; null where nothing does.</summary>
    public required SlaPromise? NextPromise { get; init; }

    public required DateTimeOffset? NextDueAt { get; init; }

    /// <summary>It waits for somebody else, so nothing is counted.</summary>
    public required bool IsPaused { get; init; }

    /// <summary>Whether any promise was missed, whatever came of it since.</summary>
    public required bool IsBreached { get; init; }

    /// <summary>Which ones.</summary>
    public required IReadOnlyList<SlaPromise> Breached { get; init; }

    /// <summary>Pure.</summary>
    /// <param name="clocks">All of one ticket.</param>
    /// <param name="now">A due time that is over is missed, also before anybody has noticed.</param>
    /// <returns>Null where nothing was ever promised.</returns>
    internal static TicketSla? Of(IReadOnlyList<PromisedClock> clocks, DateTimeOffset now)
    {
        if (clocks.All(clock => clock.TargetMinutes is null && clock.BreachedAt is null)) return null;
        var open = clocks.Where(clock => clock.State != PromisedClock.Stopped).ToArray();
        var policy = (open.Length > 0 ? open : clocks).MaxBy(clock => clock.StartedAt)!;
        var next = open.Where(clock => clock is { State: PromisedClock.Running, DueAt: not null }).MinBy(clock => clock.DueAt);
        SlaPromise[] breached = [.. clocks.Where(clock => clock.BreachedAt is not null || (clock.State == PromisedClock.Running && clock.DueAt < now)).Select(clock => clock.Promise).Distinct().Order()];
        return new TicketSla
        {
            SlaId = policy.SlaId,
            SlaName = policy.SlaName,
            NextPromise = next?.Promise,
            NextDueAt = next?.DueAt,
            IsPaused = open.Length > 0 && open.All(clock => clock.State == PromisedClock.Paused),
            IsBreached = breached.Length > 0,
            Breached = breached,
        };
    }
}

/// <summary>A clock of a ticket as it was last counted.</summary>
internal sealed record PromisedClock
{
    public const int Running = 1, Paused = 2, Stopped = 3;

    public required Id<Ticket> TicketId { get; init; }
    public required SlaPromise Promise { get; init; }
    public required int State { get; init; }
    public Id<TicketSla>? SlaId { get; init; }
    public string? SlaName { get; init; }
    public int? TargetMinutes { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? BreachedAt { get; init; }
}
