using CustomerCrm.Analytics;

namespace CustomerCrm.Insights;

/// <summary>Why a figure is, or is not, to be relied upon.</summary>
public sealed record Reason
{
    /// <summary>For programs: <c>sufficient</c>, <c>no_customers</c>, <c>no_repeaters</c>, <c>too_few_customers</c> …</summary>
    public required string Code { get; init; }

    /// <summary>For people.</summary>
    public required string Detail { get; init; }

    internal static Reason Of(Sufficiency sufficiency) => new() { Code = sufficiency.Code, Detail = sufficiency.Reason };

    internal Sufficiency ToSufficiency() => Code == Sufficiency.Enough.Code ? Sufficiency.Enough : Sufficiency.Lacks(Code, Detail);
}
