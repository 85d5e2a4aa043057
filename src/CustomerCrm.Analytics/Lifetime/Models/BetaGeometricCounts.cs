namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// Fader, Hardie and Lee 2005, equation 8, with the parameters of a customer who is there now: y purchases are either y of the
/// negative binomial and all of them survived, or at least y of it and the customer left at the y-th.
/// </summary>
internal sealed class BetaGeometricCounts(double r, double tau, double a, double b) : CountsIfAlive
{
    private readonly NegativeBinomial purchases = new(r, tau);
    private double survived = 1;
    private double leftAtLast;
    private double atLeast = 1;

    public override double Next()
    {
        var probability = purchases.Probability;
        var y = purchases.Number;
        // Near its end the running remainder has no digits left; the incomplete beta function has.
        if (atLeast < 1e-4) atLeast = purchases.AtLeast(y);
        var next = probability * survived + atLeast * leftAtLast;

        atLeast = Math.Max(0, atLeast - probability);
        leftAtLast = survived * a / (a + b + y);
        survived *= (b + y) / (a + b + y);
        purchases.Advance();
        return next;
    }
}
