using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Interactions;

/// <summary>When something happened may be long ago, but not ahead: clocks go wrong by hours, not by more.</summary>
internal static class InteractionTime
{
    private static readonly TimeSpan tolerance = TimeSpan.FromDays(1);

    /// <exception cref="ApiProblem">422: it is more than a day ahead.</exception>
    public static DateTimeOffset Of(DateTimeOffset? stated, DateTimeOffset now) =>
        stated > now + tolerance ? throw ApiProblem.Invalid("/occurred_at", "in_the_future", "An interaction has happened already.") : stated ?? now;
}
