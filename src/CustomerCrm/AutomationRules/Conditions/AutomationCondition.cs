using System.Text.Json.Serialization;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.AutomationRules.Conditions;

/// <summary>
/// When a rule fires: a tree of <c>all</c>, <c>any</c> and <c>not</c> over tests of the event's data (<c>event</c>) and of the customer it is about
/// (<c>customer</c>, a rule as segments have them). Nothing is unknown: what is not there equals nothing, and where there is no customer, no test of one holds.
/// </summary>
/// <example>{"all":[{"event":{"pointer":"/total_minor","op":"gte","value":10000}},{"customer":{"field":"country","op":"in","value":["AT","DE"]}}]}</example>
public sealed record AutomationCondition : ConditionTree<AutomationCondition>
{
    /// <summary>What the event says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EventDataTest? Event { get; init; }

    private protected override (string Name, object? Test) Own => ("event", Event);
}
