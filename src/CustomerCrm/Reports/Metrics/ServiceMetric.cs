using CustomerCrm.Reports.Figures;

namespace CustomerCrm.Reports.Metrics;

/// <summary>One metric of service: what it says, of how many, and how sure that is.</summary>
public sealed record ServiceMetric
{
    /// <example>first_response</example>
    public required string Key { get; init; }

    /// <summary>What is counted, and what is not.</summary>
    /// <example>From when the customer began to wait to the first public answer of a person, of the answers given in these days.</example>
    public required string Definition { get; init; }

    /// <summary><c>seconds</c>, <c>share</c>, <c>count</c> or <c>minor</c> (of the tenant's currency).</summary>
    public required string Unit { get; init; }

    /// <summary>Of how many.</summary>
    public required long N { get; init; }

    /// <summary>Of how many in the days before.</summary>
    public required long NBefore { get; init; }

    /// <summary>Whether that is enough to say anything: at least 10.</summary>
    public required bool Sufficient { get; init; }

    /// <summary>Why not: <c>no_data</c>, <c>too_few</c>, <c>no_cost_per_hour</c>, <c>no_promises</c>, <c>no_bots</c>, <c>no_contact_forms</c>; <c>not_of_tickets</c> where a filter asks for some tickets and the metric counts none.</summary>
    public required string? Reason { get; init; }

    /// <summary>Empty where there is nothing to say.</summary>
    public required IReadOnlyList<ServiceFigure> Figures { get; init; }

    internal const int Fewest = 10;

    /// <summary>Where all are counted and nothing is estimated: none is a figure, too.</summary>
    internal static ServiceMetric Counted(string key, long n, long before, IReadOnlyList<ServiceFigure> figures) =>
        Of(key, "count", n, before, []) with { Sufficient = true, Reason = null, Figures = figures };

    internal static ServiceMetric Of(string key, string unit, long n, long before, IEnumerable<ServiceFigure> figures, string none = "no_data") => new()
    {
        Key = key,
        Definition = MetricDefinitions.Of(key),
        Unit = unit,
        N = n,
        NBefore = before,
        Sufficient = n >= Fewest,
        Reason = n >= Fewest ? null : n == 0 ? none : "too_few",
        Figures = n == 0 ? [] : [.. figures],
    };
}
