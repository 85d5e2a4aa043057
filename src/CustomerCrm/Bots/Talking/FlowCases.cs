using CustomerCrm.Bots.Flow;

namespace CustomerCrm.Bots.Talking;

/// <summary>Whether a case of a branch holds. Pure.</summary>
internal static class FlowCases
{
    public static bool Holds(BotCase one, BotState state, BotFacts facts)
    {
        var value = ValueOf(one.Field, state, facts);
        return one.Is switch
        {
            CaseOperator.Set => value is not null,
            CaseOperator.NotSet => value is null,
            CaseOperator.Equal => string.Equals(value, one.Value, StringComparison.OrdinalIgnoreCase),
            CaseOperator.NotEqual => !string.Equals(value, one.Value, StringComparison.OrdinalIgnoreCase),
            _ => value?.Contains(one.Value!, StringComparison.OrdinalIgnoreCase) == true,
        };
    }

    public static string? ValueOf(string field, BotState state, BotFacts facts) => field switch
    {
        "customer.is_identified" => facts.IsIdentified ? "true" : "false",
        "customer.language" => facts.Language,
        "channel" => facts.Channel,
        "hours.are_open" => facts.AreOpen ? "true" : "false",
        _ => state.Slots.GetValueOrDefault(field["slots.".Length..]),
    };
}
