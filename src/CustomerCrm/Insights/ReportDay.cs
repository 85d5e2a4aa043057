using System.Text.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;

namespace CustomerCrm.Insights;

/// <summary>The day that a report looks back from, in the tenant's zone. Later purchases are ignored; of earlier ones counts what was not cancelled or paid back by now.</summary>
internal sealed class ReportDay(CurrentSettings settings, TimeProvider clock)
{
    private static readonly DateOnly earliest = new(1900, 1, 1);

    /// <summary>Yesterday is the last day that is over.</summary>
    public async Task<DateOnly> YesterdayAsync(CancellationToken ct) => (await TodayAsync(ct)).AddDays(-1);

    /// <summary>The day asked for, or yesterday.</summary>
    /// <exception cref="ApiProblem">400: in the future or before 1900.</exception>
    public async Task<DateOnly> OfQueryAsync(DateOnly? asOf, CancellationToken ct)
    {
        if (asOf is not { } day) return await YesterdayAsync(ct);
        return await WrongWithAsync(day, ct) is { } wrong ? throw ApiProblem.BadQuery("as_of", wrong.Code, wrong.Detail) : day;
    }

    /// <inheritdoc cref="OfQueryAsync"/>
    /// <exception cref="ApiProblem">422: in the future or before 1900.</exception>
    public async Task<DateOnly> OfBodyAsync(string pointer, DateOnly? stated, CancellationToken ct)
    {
        if (stated is not { } day) return await YesterdayAsync(ct);
        return await WrongWithAsync(day, ct) is { } wrong ? throw ApiProblem.Invalid(pointer, wrong.Code, wrong.Detail) : day;
    }

    private async Task<DateOnly> TodayAsync(CancellationToken ct) => (await settings.GetAsync(ct)).Calendar.DayOf(clock.GetUtcNow());

    private async Task<(string Code, string Detail)?> WrongWithAsync(DateOnly day, CancellationToken ct) =>
        day > await TodayAsync(ct) ? ("in_the_future", "The day is still to come.")
        : day < earliest ? ("too_early", "Days before 1900 are not looked at.")
        : null;
}

/// <summary>A query parameter that is one of a short list.</summary>
internal static class OneOf
{
    /// <exception cref="ApiProblem">400: none of them.</exception>
    public static T? Read<T>(string parameter, string? text) where T : struct, Enum
    {
        if (text is null) return null;
        var type = FilterType.OneOf<T>();
        return type.Read(text) as T? ?? throw ApiProblem.BadQuery(parameter, "value_invalid", $"One of: {string.Join(", ", type.Values!)}.");
    }

    /// <summary>As it stands on the wire.</summary>
    public static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
