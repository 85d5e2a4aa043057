using CustomerCrm.BusinessCalendars;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Slas.Choosing;
using CustomerCrm.Slas.Clocks;
using CustomerCrm.Tickets.Promises;

namespace CustomerCrm.Slas.Ledger;

/// <summary>A row of the ledger, as it is stored.</summary>
internal sealed record SlaEntry : IHasId
{
    public static string Prefix => "sle";

    public required Id<SlaEntry> Id { get; init; }
    public required SlaPromise Promise { get; init; }
    public required int Cycle { get; init; }
    public required SlaStep Step { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }
    public required ActorKind ActorKind { get; init; }
    public required string? ActorId { get; init; }
    public required string ActorName { get; init; }
    public Id<SlaPolicy>? PolicyId { get; init; }
    public string? PolicyName { get; init; }
    public int? TargetMinutes { get; init; }
    public Id<BusinessCalendar>? CalendarId { get; init; }
    public int? Edition { get; init; }

    /// <summary>Only these two say by what is counted.</summary>
    public bool HasTerms => Step is SlaStep.Start or SlaStep.Retarget;

    public SlaTerms Terms => new(PolicyId, PolicyName, TargetMinutes, CalendarId is { } calendar ? new CalendarEdition(calendar, Edition!.Value) : null);
}
