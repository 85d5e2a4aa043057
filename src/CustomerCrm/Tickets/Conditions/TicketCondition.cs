using System.Text.Json.Serialization;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.Tickets.Conditions;

/// <summary>
/// Which tickets: a tree of <c>all</c>, <c>any</c> and <c>not</c> over tests of the ticket (<c>ticket</c>) and of its customer
/// (<c>customer</c>, a rule as segments have them). Nothing is unknown: what is not there equals nothing.
/// </summary>
/// <example>{"all":[{"ticket":{"field":"priority","op":"in","value":["high","urgent"]}},{"customer":{"field":"cltv_minor","op":"gte","value":50000}}]}</example>
public sealed record TicketCondition : ConditionTree<TicketCondition>
{
    /// <summary>What holds of the ticket.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TicketTest? Ticket { get; init; }

    private protected override (string Name, object? Test) Own => ("ticket", Ticket);
}
