using System.ComponentModel.DataAnnotations;
using CustomerCrm.CannedResponses;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Tickets;

namespace CustomerCrm.Macros;

/// <summary>One step of a macro.</summary>
/// <example>{"do":"reply","canned_response_id":"can_01mv4q0800ebxvvk1mr9tcr6ws","text":null,"change":null}</example>
public sealed record MacroAction : IValidatableObject
{
    [Required] public MacroVerb? Do { get; init; }

    /// <summary>Of <c>reply</c> and <c>note</c>: a canned response; or say the <see cref="Text"/> itself.</summary>
    public Id<CannedResponse>? CannedResponseId { get; init; }

    /// <summary>Of <c>reply</c> and <c>note</c>, with merge fields.</summary>
    /// <example>Ticket {{ticket.number}} waits for the supplier.</example>
    [StringLength(20_000, MinimumLength = 1)] public string? Text { get; init; }

    /// <summary>Of <c>change</c>: status, priority, assignee, team, tags, custom fields.</summary>
    public TicketChange? Change { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Do is MacroVerb.Change)
        {
            if (Change is null) yield return new BrokenRule("required", "Say what is to be different.", nameof(Change));
            if ((object?)CannedResponseId is not null || Text is not null) yield return new BrokenRule("not_taken", "A change has no text.", nameof(Text));
        }
        else if (Do is MacroVerb.AssignToMe)
        {
            if (Change is not null || CannedResponseId is not null || Text is not null) yield return new BrokenRule("not_taken", "It takes nothing else.", nameof(Do));
        }
        else
        {
            if (Text is null == CannedResponseId is null) yield return new BrokenRule("one_needed", "Say either text or canned_response_id.", nameof(Text));
            if (Change is not null) yield return new BrokenRule("not_taken", "Only a step that changes has a change.", nameof(Change));
        }
    }
}

/// <summary>What a step of a macro does.</summary>
public enum MacroVerb
{
    /// <summary>Answers the customer.</summary>
    Reply,

    /// <summary>Notes something for the tenant's own people.</summary>
    Note,

    /// <summary>Changes the ticket.</summary>
    Change,

    /// <summary>Gives the ticket to whoever applies the macro.</summary>
    AssignToMe,
}
