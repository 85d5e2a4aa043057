using System.Text.Json;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Segments.Rules.Fields;

/// <summary>What an ordered field's values are: how they are read, and which is next to which.</summary>
internal sealed record OrderedType<T>(string Name, string Saying, T Lowest, T Highest, Func<JsonElement, T?> Read, Func<T, T> Next, Func<T, T> Previous, object Example)
    where T : struct
{
    /// <summary>So many days before now, of 24 hours or of the tenant's calendar; null for what is not a time.</summary>
    public Func<RuleMoment, int, T>? DaysBefore { get; init; }

    /// <summary>The first and the last value in a period.</summary>
    public Func<RuleMoment, Period, (T, T)>? Within { get; init; }
}

internal static class OrderedTypes
{
    public static readonly OrderedType<long> Whole = new OrderedType<long>("whole number", "a whole number.", long.MinValue, long.MaxValue,
        value => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var n) ? n : null, n => n + 1, n => n - 1, 3L);

    public static readonly OrderedType<double> Number = new OrderedType<double>("number", "a number.", double.MinValue, double.MaxValue,
        value => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var n) && double.IsFinite(n) ? n : null, Math.BitIncrement, Math.BitDecrement, 0.5);

    public static readonly OrderedType<DateTimeOffset> Time = new OrderedType<DateTimeOffset>("time", "a time with its offset, as in 2030-01-15T09:00:00Z.",
        new DateTimeOffset(1753, 1, 1, 0, 0, 0, TimeSpan.Zero), DateTimeOffset.MaxValue,
        Parsed<DateTimeOffset>, time => time.AddTicks(1), time => time.AddTicks(-1), "2030-01-15T09:00:00Z")
    { DaysBefore = (at, days) => at.Now.AddDays(-days), Within = (at, period) => at.SpanOf(period) };

    public static readonly OrderedType<DateOnly> Day = new OrderedType<DateOnly>("day", "a day, as in 1990-05-31.", DateOnly.MinValue, DateOnly.MaxValue,
        Parsed<DateOnly>, day => day.AddDays(1), day => day.AddDays(-1), "1990-05-31")
    { DaysBefore = (at, days) => at.Today.AddDays(-days), Within = (at, period) => at.DaysOf(period) };

    private static T? Parsed<T>(JsonElement value) where T : struct
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.Deserialize<T>(StrictJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
