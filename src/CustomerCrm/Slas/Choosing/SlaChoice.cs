using CustomerCrm.Platform.Data;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Conditions;
using CustomerCrm.Tickets.Promises;
using CustomerCrm.TicketStatuses;

namespace CustomerCrm.Slas.Choosing;

/// <summary>Which policy is a ticket's: the first whose condition holds.</summary>
internal sealed class SlaChoice(TenantDb db, TicketReading reading, CalendarEditions calendars)
{
    private IReadOnlyList<SlaPolicy>? policies;

    public async Task<IReadOnlyList<SlaPolicy>> PoliciesAsync(CancellationToken ct) => policies ??= await SlaPolicy.AtWorkAsync(db, ct);

    /// <summary>Those that are asked, up to the first that matches.</summary>
    public async Task<IReadOnlyList<ConsideredSla>> ConsiderAsync(Ticket ticket, CancellationToken ct)
    {
        var considered = new List<ConsideredSla>();
        foreach (var policy in await PoliciesAsync(ct))
        {
            var explained = await reading.EvaluateAsync(policy.Definition.Condition, ticket, ct);
            considered.Add(new ConsideredSla { SlaId = policy.Id, Name = policy.Name, Matches = explained.Result, Condition = explained });
            if (explained.Result) break;
        }
        return considered;
    }

    /// <summary>Keeps the edition of the calendar that it comes to, so that a ledger may name it.</summary>
    public async Task<ChosenSla> ChooseAsync(Ticket ticket, CancellationToken ct)
    {
        if (await ConsiderAsync(ticket, ct) is not [.., { Matches: true } last]) return new ChosenSla(null, null, null);
        var policy = (await PoliciesAsync(ct)).First(p => p.Id == last.SlaId);
        var definition = policy.Definition;
        return new ChosenSla(policy, definition, definition.Hours == SlaHours.AroundTheClock ? null : await calendars.CurrentAsync(definition.CalendarId?.Value, ticket.TeamId?.Value, ct));
    }
}

/// <summary>A ticket's policy, if there is one.</summary>
internal sealed record ChosenSla(SlaPolicy? Policy, SlaDefinition? Definition, CalendarEdition? Calendar)
{
    private static readonly TicketCategory[] usual = [TicketCategory.Pending, TicketCategory.OnHold];

    public bool Pauses(TicketCategory category) => (Definition?.PausedWhile ?? usual).Contains(category);

    public SlaTerms TermsOf(SlaPromise promise, TicketPriority priority) => new(Policy?.Id, Policy?.Name, Definition?.Targets.Of(priority)?.Of(promise), Calendar);
}

/// <summary>By what a clock is counted, as the ledger keeps it.</summary>
/// <param name="PolicyId">Null: no policy is the ticket's.</param>
/// <param name="PolicyName">As it was called then.</param>
/// <param name="TargetMinutes">Null: nothing is promised.</param>
/// <param name="Calendar">Null: round the clock.</param>
internal sealed record SlaTerms(Id<SlaPolicy>? PolicyId, string? PolicyName, int? TargetMinutes, CalendarEdition? Calendar);

/// <summary>A policy that was asked, in the order of asking; the first that matches is the ticket's.</summary>
public sealed record ConsideredSla
{
    public required Id<SlaPolicy> SlaId { get; init; }
    public required string Name { get; init; }
    public required bool Matches { get; init; }

    /// <summary>Its condition node by node, with what was seen.</summary>
    public required ExplainedTicketCondition Condition { get; init; }
}
