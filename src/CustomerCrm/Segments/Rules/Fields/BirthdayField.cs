using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules.Fields;

/// <summary>The customer's next birthday, by the tenant's calendar: today or within so many days. Who was born on 29 February has it on the 28th in other years.</summary>
internal sealed class BirthdayField() : SegmentField("birthday", "day of the year")
{
    private const int MostDays = 365;

    public override IReadOnlyList<string> Operators { get; } = ["within_days"];

    public override string? WhyNot(string op, JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var days) && days is >= 0 and <= MostDays
        ? null
        : $"A whole number of days ahead, 0 (today) to {MostDays}.";

    // Days of the year as numbers: 31 May is 531. A span over the turn of the year is two.
    public override Condition ToCondition(string op, JsonElement value, RuleMoment at)
    {
        var (first, last, isAcross) = DaysOf(value, at);
        return isAcross
            ? Condition.OfEach("(c.BirthDate IS NOT NULL AND (MONTH(c.BirthDate) * 100 + DAY(c.BirthDate) >= {0} OR MONTH(c.BirthDate) * 100 + DAY(c.BirthDate) <= {1}))",
                "(c.BirthDate IS NOT NULL AND (CAST(STRFTIME('%m%d', c.BirthDate) AS INT) >= {0} OR CAST(STRFTIME('%m%d', c.BirthDate) AS INT) <= {1}))", first, last)
            : Condition.OfEach("(c.BirthDate IS NOT NULL AND MONTH(c.BirthDate) * 100 + DAY(c.BirthDate) >= {0} AND MONTH(c.BirthDate) * 100 + DAY(c.BirthDate) <= {1})",
                "(c.BirthDate IS NOT NULL AND CAST(STRFTIME('%m%d', c.BirthDate) AS INT) >= {0} AND CAST(STRFTIME('%m%d', c.BirthDate) AS INT) <= {1})", first, last);
    }

    public override bool Holds(string op, JsonElement value, RuleMoment at, CustomerFacts facts)
    {
        if (facts.BirthDate is not { } born) return false;
        var (first, last, isAcross) = DaysOf(value, at);
        var day = NumberOf(born);
        return isAcross ? day >= first || day <= last : day >= first && day <= last;
    }

    public override bool FollowsDays(string op) => true;

    public override object? SeenIn(CustomerFacts facts) => facts.BirthDate;

    public override object Example(string op) => 7;

    private static (int First, int Last, bool IsAcross) DaysOf(JsonElement value, RuleMoment at)
    {
        var (today, end) = (at.Today, at.Today.AddDays(value.GetInt32()));
        var last = end is { Month: 2, Day: 28 } && !DateTime.IsLeapYear(end.Year) ? 229 : NumberOf(end);
        return (NumberOf(today), last, end.Year > today.Year);
    }

    private static int NumberOf(DateOnly day) => day.Month * 100 + day.Day;
}
