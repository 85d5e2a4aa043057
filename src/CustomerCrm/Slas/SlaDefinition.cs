using System.ComponentModel.DataAnnotations;
using CustomerCrm.BusinessCalendars;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Platform;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Promises;
using CustomerCrm.Tickets.Conditions;
using CustomerCrm.TicketStatuses;

namespace CustomerCrm.Slas;

/// <summary>What is promised, to which tickets, in whose hours, and what is done before and after it is broken.</summary>
/// <example>{"condition":{"ticket":{"field":"channel","op":"eq","value":"email"}},"targets":{"urgent":{"first_response_minutes":30,"next_response_minutes":60,"resolution_minutes":480},"high":null,"normal":{"first_response_minutes":240,"next_response_minutes":480,"resolution_minutes":2400},"low":null},"hours":"business","calendar_id":null,"paused_while":["pending","on_hold"],"warn_before_minutes":30,"escalations":[{"name":"tell the lead","promise":"first_response","offset_minutes":0,"do":"hand_to_manager","user_id":null,"team_id":null}]}</example>
public sealed record SlaDefinition : IValidatableObject
{
    public const int MostEscalations = 20;

    /// <summary>Only tickets for which this holds; all, if nothing is said.</summary>
    public TicketCondition? Condition { get; init; }

    public required SlaTargets Targets { get; init; }

    /// <summary>What time counts.</summary>
    public SlaHours Hours { get; init; } = SlaHours.Business;

    /// <summary>Whose business hours; left out, those of the ticket's team, else the default calendar, and round the clock where there is none.</summary>
    public Id<BusinessCalendar>? CalendarId { get; init; }

    /// <summary>In which categories no clock runs: pending, on_hold, both or none.</summary>
    public IReadOnlyList<TicketCategory> PausedWhile { get; init; } = [TicketCategory.Pending, TicketCategory.OnHold];

    /// <summary>So many counted minutes before it is due, <c>sla.warning</c> is recorded; left out, there is no warning.</summary>
    [Range(1, 43_200)] public int? WarnBeforeMinutes { get; init; }

    /// <summary>Each is done once for each clock.</summary>
    [MaxLength(MostEscalations)] public IReadOnlyList<SlaEscalation> Escalations { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (Condition?.WrongWhole(nameof(Condition)) is { } wrong) yield return wrong;
        foreach (var (i, category) in PausedWhile.Index())
            if (category is not (TicketCategory.Pending or TicketCategory.OnHold)) yield return new BrokenRule("value_invalid", "pending, on_hold, both or none.", $"{nameof(PausedWhile)}[{i}]");
        if (Hours == SlaHours.AroundTheClock && CalendarId is not null) yield return new BrokenRule("calendar_unused", "Round the clock there is no calendar.", nameof(CalendarId));
        foreach (var i in Repeats.In(Escalations, escalation => NormalizedName.Of(escalation.Name)))
            yield return new BrokenRule("name_taken", $"Two escalations are called {Escalations[i].Name}; each is known by its name.", $"{nameof(Escalations)}[{i}].Name");
    }
}

/// <summary>What is promised by priority. Of a priority that is left out nothing is.</summary>
public sealed record SlaTargets : IValidatableObject
{
    public SlaTarget? Urgent { get; init; }
    public SlaTarget? High { get; init; }
    public SlaTarget? Normal { get; init; }
    public SlaTarget? Low { get; init; }

    internal SlaTarget? Of(TicketPriority priority) => priority switch
    {
        TicketPriority.Urgent => Urgent,
        TicketPriority.High => High,
        TicketPriority.Normal => Normal,
        _ => Low,
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if ((Urgent ?? High ?? Normal ?? Low) is null) yield return new BrokenRule("one_needed", "Promise something for at least one priority.", nameof(Normal));
    }
}

/// <summary>How many minutes of counted time each promise has. What is left out is not promised.</summary>
/// <example>{"first_response_minutes":60,"next_response_minutes":240,"resolution_minutes":1440}</example>
public sealed record SlaTarget
{
    private const int Longest = 366 * 24 * 60;

    [Range(1, Longest)] public int? FirstResponseMinutes { get; init; }

    [Range(1, Longest)] public int? NextResponseMinutes { get; init; }

    [Range(1, Longest)] public int? ResolutionMinutes { get; init; }

    internal int? Of(SlaPromise promise) => promise switch
    {
        SlaPromise.FirstResponse => FirstResponseMinutes,
        SlaPromise.NextResponse => NextResponseMinutes,
        _ => ResolutionMinutes,
    };
}

/// <summary>What time a clock counts.</summary>
public enum SlaHours
{
    /// <summary>That of a business calendar.</summary>
    Business,

    /// <summary>All of it.</summary>
    AroundTheClock,
}
