using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Lifetime;

/// <summary>Why a fit is not to be relied upon, in one place.</summary>
internal static class FitReasons
{
    /// <summary>Fewer than one customer in a thousand leaving, at a purchase or in the time observed, is nobody.</summary>
    private const double NoDropout = 1e-3;

    /// <summary>What makes a search pointless; null when it is not.</summary>
    public static Sufficiency? Missing(DistinctHistories histories)
    {
        if (histories.Count == 0) return Sufficiency.Lacks("no_customers", "No customer has a purchase up to this day.");
        if (histories.TotalAge <= 0) return Sufficiency.Lacks("no_time", "All first purchases are on the last day; no time has passed in which to come back.");
        return histories.Repeaters == 0
            ? Sufficiency.Lacks("no_repeaters", "No customer has bought on a second day; the rate of coming back cannot be told.")
            : null;
    }

    public static Sufficiency Of(ModelKind kind, Maximum maximum, double age, DistinctHistories histories)
    {
        var leaving = kind == ModelKind.ParetoNbd
            ? maximum.At[2] * Math.Log(1 + age / maximum.At[3])
            : maximum.At[2] / (maximum.At[2] + maximum.At[3]);
        if (leaving < NoDropout)
            return Sufficiency.Lacks("no_dropout", "No customer can be seen to leave: the likelihood rises without end towards nobody ever leaving.");
        if (!maximum.IsInterior)
            return Sufficiency.Lacks("no_interior_maximum", "The likelihood rises without end in some direction, or is as good as level as far as is searched, so the parameters cannot be told.");
        if (!maximum.IsConverged || maximum.StandardErrors is null)
            return Sufficiency.Lacks("not_converged", "The search for the most likely parameters did not settle on a peak.");
        return histories.Repeaters < PurchaseModelFitting.FewestRepeaters
            ? Sufficiency.Lacks("too_few_repeaters", $"Fewer than {PurchaseModelFitting.FewestRepeaters} customers have come back; the parameters are little more than a guess.")
            : Sufficiency.Enough;
    }
}
