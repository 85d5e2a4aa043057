using CustomerCrm.Analytics;

namespace CustomerCrm.Reports.Figures;

/// <summary>One number of a metric, with the interval that it lies in at 95 % and what it was before.</summary>
/// <example>{"measure":"median","hours":"business","value":5400,"low":4980,"high":6010,"method":"order_statistics","before":6120,"change":-720}</example>
public sealed record ServiceFigure
{
    /// <summary><c>mean</c>, <c>median</c>, <c>p90</c>, <c>share</c> or <c>count</c>.</summary>
    public required string Measure { get; init; }

    /// <summary>Of a time: <c>business</c> for open time by the calendar of the ticket's team, else the default one; <c>elapsed</c> for all of it.</summary>
    public required string? Hours { get; init; }

    /// <summary>In the metric's unit; null where there is none.</summary>
    public required double? Value { get; init; }

    /// <summary>The lower end of the interval; null where so few say nothing of it.</summary>
    public required double? Low { get; init; }

    public required double? High { get; init; }

    /// <summary>How the interval is made: <c>student_t</c> (W. S. Gosset 1908), <c>order_statistics</c> (W. J. Conover 1999), <c>wilson</c> (E. B. Wilson 1927), or <c>none</c> where all are counted.</summary>
    public required string Method { get; init; }

    /// <summary>The same of as many days just before.</summary>
    public required double? Before { get; init; }

    /// <summary>Value less before; null where one of them is.</summary>
    public double? Change => Value - Before;

    internal static ServiceFigure Of(Rate rate, Rate before) => new() { Measure = "share", Hours = null, Value = rate.Value, Low = rate.N == 0 ? null : rate.Low, High = rate.N == 0 ? null : rate.High, Method = "wilson", Before = before.Value };

    internal static ServiceFigure Counted(double value, double? before) => new() { Measure = "count", Hours = null, Value = value, Low = null, High = null, Method = "none", Before = before };
}
