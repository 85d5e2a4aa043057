namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// The modified beta-geometric/NBD model, in which a customer may leave right after the first purchase: E. P. Batislam,
/// M. Denizel and A. Filiztekin 2007, "Empirical validation and comparison of models for customer base analysis", International
/// Journal of Research in Marketing 24(3); D. Hoppe and U. Wagner 2007, "Customer Base Analysis: The Case for a Central Variant
/// of the Betageometric/NBD Model", Marketing JRM 3(2).
/// </summary>
/// <exception cref="ArgumentOutOfRangeException">When a parameter is not a positive number.</exception>
public sealed class MbgNbd(double r, double alpha, double a, double b) : BetaGeometricModel(ModelKind.MbgNbd, 1, r, alpha, a, b);
