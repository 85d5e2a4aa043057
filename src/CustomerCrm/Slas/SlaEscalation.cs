using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Teams;
using CustomerCrm.Tickets.Promises;
using CustomerCrm.Users;

namespace CustomerCrm.Slas;

/// <summary>What is done when a clock has come so far.</summary>
/// <example>{"name":"tell the lead","promise":"first_response","offset_minutes":-15,"do":"notify","user_id":null,"team_id":null}</example>
public sealed record SlaEscalation : IValidatableObject
{
    /// <summary>It is known by it: done once for each clock, whatever else of it changes.</summary>
    [StringLength(80, MinimumLength = 1)] public required string Name { get; init; }

    public required SlaPromise Promise { get; init; }

    /// <summary>Counted minutes after the due time; before it, if below 0.</summary>
    [Range(-527_040, 527_040)] public int OffsetMinutes { get; init; }

    public required SlaAction Do { get; init; }

    /// <summary>Of <c>notify</c> and <c>reassign</c>.</summary>
    public Id<User>? UserId { get; init; }

    /// <summary>Of <c>notify</c> and <c>reassign</c>; the queue that the ticket goes to.</summary>
    public Id<Team>? TeamId { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (Do == SlaAction.Reassign && UserId is null && TeamId is null) yield return new BrokenRule("one_needed", "Say to whom: user_id, team_id or both.", nameof(UserId));
        if (Do is SlaAction.RaisePriority or SlaAction.HandToManager && (UserId is not null || TeamId is not null)) yield return new BrokenRule("unused", "This one asks for nobody.", UserId is null ? nameof(TeamId) : nameof(UserId));
    }
}

/// <summary>What an escalation does.</summary>
public enum SlaAction
{
    /// <summary>A task for the user or team that is named, else for the assignee, else for the ticket's team; and a letter to them, once: of a team to its managers, else to all of it.</summary>
    Notify,

    /// <summary>The ticket becomes somebody else's.</summary>
    Reassign,

    /// <summary>One priority higher.</summary>
    RaisePriority,

    /// <summary>The ticket, a task and a letter for the manager of its team who has the fewest open tickets; else of the tenant, else an owner.</summary>
    HandToManager,
}
