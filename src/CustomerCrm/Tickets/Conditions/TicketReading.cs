using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments;
using CustomerCrm.Segments.Rules;
using CustomerCrm.Segments.Rules.Fields;

namespace CustomerCrm.Tickets.Conditions;

/// <summary>Asks conditions of tickets, and of their customers as they are now.</summary>
internal sealed class TicketReading(TicketFacts facts, SeenCustomers customers, CustomFieldQuestions questions, TenantDb db)
{
    private static readonly ExplainedTicketCondition always = new() { Kind = "all", Result = true };

    /// <exception cref="ApiProblem">422, naming every part that asks for something there is not.</exception>
    public async Task CheckAsync(TicketCondition? condition, string pointer, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        foreach (var (place, part) in condition?.Placed(pointer) ?? [])
        {
            if (part.Ticket is { } test && facts.WhyNot(test.Field) is { } why) errors.Add(new($"{place}/ticket/field", "unknown_field", why));
            if (part.Customer is not { } rule) continue;
            await questions.CheckAsync(rule, $"{place}/customer", ct);
            await SegmentReferences.CheckAsync(rule, $"{place}/customer", null, db, ct);
        }
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
    }

    /// <summary>Whether its outcome may change while the ticket stays as it is: with the customer's tier, value or segments.</summary>
    public bool AsksOfCustomer(TicketCondition? condition) =>
        condition?.Placed("").Any(placed => placed.Condition.Customer is not null || (placed.Condition.Ticket is { } test && facts.IsOfCustomer(test.Field))) == true;

    /// <param name="condition">None holds always.</param>
    /// <param name="ticket">As it is now.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ExplainedTicketCondition> EvaluateAsync(TicketCondition? condition, Ticket ticket, CancellationToken ct) => condition is null ? always
        : await AskAsync(condition, ticket, await facts.SeeAsync(ticket, condition.Placed("").Select(placed => placed.Condition.Ticket?.Field).OfType<string>(), ct), ct);

    private async Task<ExplainedTicketCondition> AskAsync(TicketCondition condition, Ticket ticket, JsonElement seen, CancellationToken ct)
    {
        if (condition.Ticket is { } test)
        {
            var (value, holds) = test.Ask(seen);
            return new ExplainedTicketCondition { Kind = "ticket", Test = test, Seen = value?.Clone(), Result = holds };
        }
        if (condition.Customer is { } rule)
        {
            if (await customers.LookAsync(ticket.CustomerId, rule, ct) is not { } customer) return new ExplainedTicketCondition { Kind = "customer", Result = false };
            var explained = rule.Evaluate(customer);
            return new ExplainedTicketCondition { Kind = "customer", Customer = explained, Result = explained.Result };
        }
        var parts = new List<ExplainedTicketCondition>();
        foreach (var part in condition.Parts) parts.Add(await AskAsync(part, ticket, seen, ct));
        return condition switch
        {
            { Not: not null } => new ExplainedTicketCondition { Kind = "not", Result = !parts[0].Result, Parts = parts },
            { All: not null } => new ExplainedTicketCondition { Kind = "all", Result = parts.All(part => part.Result), Parts = parts },
            _ => new ExplainedTicketCondition { Kind = "any", Result = parts.Any(part => part.Result), Parts = parts },
        };
    }
}

/// <summary>A condition with its outcome for one ticket, node by node.</summary>
/// <example>{"kind":"all","seen":null,"result":true,"parts":[{"kind":"ticket","test":{"field":"priority","op":"in","value":["high","urgent"]},"seen":"urgent","result":true,"parts":[]}]}</example>
public sealed record ExplainedTicketCondition
{
    /// <summary>all, any, not, ticket or customer.</summary>
    public required string Kind { get; init; }

    /// <summary>What was asked of the ticket.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TicketTest? Test { get; init; }

    /// <summary>What it said; null where nothing did, and for every other kind.</summary>
    public JsonElement? Seen { get; init; }

    /// <summary>What was asked of the customer, with what was seen.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExplainedRule? Customer { get; init; }

    public required bool Result { get; init; }

    /// <summary>The same of each part of all, any and not.</summary>
    public IReadOnlyList<ExplainedTicketCondition> Parts { get; init; } = [];
}
