using System.Text.Json;
using CustomerCrm.AutomationRules.Conditions;
using CustomerCrm.AutomationRules.Firings;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.AutomationRules.Actions;

/// <summary>
/// Something that rules can do. A feature that has more to offer registers its own; the rules, the checks and the list of what there is follow.
/// It runs in the transaction of its firing, so it writes rows and jobs and does nothing outbound.
/// </summary>
internal interface IRuleAction
{
    /// <summary>Never changed, for rules name it: <c>tag_customer</c>.</summary>
    string Name { get; }

    /// <summary>What it does, for whoever builds a rule.</summary>
    string Description { get; }

    /// <summary>The record that <c>with</c> is read as.</summary>
    Type Arguments { get; }

    /// <summary>A <c>with</c> that is right in form.</summary>
    object Example { get; }

    /// <summary>What is wrong with a <c>with</c>, seen from it: its form, and what it names that is not there.</summary>
    Task<IReadOnlyList<FieldError>> WrongAsync(JsonElement with, CancellationToken ct);

    /// <exception cref="ApiProblem">It cannot be done. Then nothing of it was written.</exception>
    Task<ActionResult> RunAsync(JsonElement with, FiringContext firing, CancellationToken ct);
}

/// <summary>What an action knows of why it runs.</summary>
internal sealed record FiringContext
{
    public required AutomationRule Rule { get; init; }
    public required Id<AutomationFiring> FiringId { get; init; }
    public required Id<Event> EventId { get; init; }
    public required string EventType { get; init; }
    public required DateTimeOffset EventAt { get; init; }
    public required JsonElement Data { get; init; }
    public required Id<Customer>? CustomerId { get; init; }
    public required ExplainedCondition? Condition { get; init; }

    /// <exception cref="ApiProblem">409: the event is about nobody.</exception>
    public Id<Customer> Customer => CustomerId ?? throw ApiProblem.Conflict("no_customer", "The event is about no customer.");
}
