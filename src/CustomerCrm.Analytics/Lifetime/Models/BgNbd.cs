namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// The beta-geometric/NBD model: P. S. Fader, B. G. S. Hardie and K. L. Lee 2005, "Counting Your Customers the Easy Way: An
/// Alternative to the Pareto/NBD Model", Marketing Science 24(2), equations 6 (likelihood), 9 (E[X(t)]) and 10 (CET);
/// probability alive: Fader, Hardie and Lee 2008, "Computing P(alive) Using the BG/NBD Model". A customer leaves only after a
/// repeat purchase, so one who never came back counts as alive.
/// </summary>
/// <exception cref="ArgumentOutOfRangeException">When a parameter is not a positive number.</exception>
public sealed class BgNbd(double r, double alpha, double a, double b) : BetaGeometricModel(ModelKind.BgNbd, 0, r, alpha, a, b);
