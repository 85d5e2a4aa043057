using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.AutomationRules.Conditions;

/// <summary>A condition with its outcome for one event, node by node.</summary>
/// <example>{"kind":"all","seen":null,"result":true,"parts":[{"kind":"event","test":{"pointer":"/total_minor","op":"gte","value":10000},"seen":12900,"result":true,"parts":[]}]}</example>
public sealed record ExplainedCondition
{
    /// <summary>all, any, not, event or customer.</summary>
    public required string Kind { get; init; }

    /// <summary>What was asked of the event.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EventDataTest? Test { get; init; }

    /// <summary>What stood there; null where nothing did, and for every other kind.</summary>
    public JsonElement? Seen { get; init; }

    /// <summary>What was asked of the customer, with what was seen; absent where there was no customer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExplainedRule? Customer { get; init; }

    public required bool Result { get; init; }

    /// <summary>The same of each part of all, any and not.</summary>
    public IReadOnlyList<ExplainedCondition> Parts { get; init; } = [];
}
