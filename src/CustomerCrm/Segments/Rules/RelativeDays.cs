using System.Text.Json;
using CustomerCrm.Segments.Rules.Conditions;

namespace CustomerCrm.Segments.Rules;

/// <summary>Questions that count from the day of asking: of times, of days, and of a tenant's own fields that hold days. Pure.</summary>
internal static class RelativeDays
{
    /// <summary>The days behind, the ones before those, and a period of the calendar.</summary>
    public static readonly string[] Operators = ["within_days", "older_than_days", "in_period"];

    /// <summary>The days ahead, today included: for what is planned, such as a renewal.</summary>
    public const string Ahead = "in_next_days";

    private static readonly Dictionary<string, Period> periods = Enum.GetValues<Period>().ToDictionary(period => JsonNamingPolicy.SnakeCaseLower.ConvertName(period.ToString()));

    public static bool Counts(string op) => op == Ahead || Operators.Contains(op);

    /// <returns>Null: the value is right for the operator. Else what it must be.</returns>
    public static string? WhyNot(string op, JsonElement value) => op == "in_period"
        ? PeriodOf(value) is null ? $"One of: {string.Join(", ", periods.Keys)}." : null
        : DaysOf(value) is null ? $"A whole number of days, 1 to {TimeSpanTest.MostDays}." : null;

    public static object Example(string op) => op == "in_period" ? "last_month" : 30;

    public static int? DaysOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var days) && days is >= 1 and <= TimeSpanTest.MostDays ? days : null;

    public static Period? PeriodOf(JsonElement value) => value.ValueKind == JsonValueKind.String && periods.TryGetValue(value.GetString()!, out var period) ? period : null;

    /// <summary>The first and the last day that an operator means, where the tenant is.</summary>
    public static (DateOnly First, DateOnly Last) SpanOf(string op, JsonElement value, RuleMoment at) => op switch
    {
        "in_period" => at.DaysOf(PeriodOf(value)!.Value),
        "within_days" => (at.Today.AddDays(-DaysOf(value)!.Value), at.Today),
        Ahead => (at.Today, at.Today.AddDays(DaysOf(value)!.Value)),
        _ => (DateOnly.MinValue, at.Today.AddDays(-DaysOf(value)!.Value - 1)),
    };
}
