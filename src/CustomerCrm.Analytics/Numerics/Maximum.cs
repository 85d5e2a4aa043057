namespace CustomerCrm.Analytics.Numerics;

/// <summary>Where a likelihood is highest, as far as the search could tell.</summary>
/// <param name="At">The positive parameters.</param>
/// <param name="Value">The log-likelihood there.</param>
/// <param name="StandardErrors">Of the parameters, from the inverse of the observed information; null where it has none.</param>
/// <param name="Iterations">Steps tried.</param>
/// <param name="IsConverged">The search stopped because no step was worth taking, not because it ran out of steps.</param>
/// <param name="IsInterior">False when a parameter ran to the edge of the box, or rests where the likelihood is as good as level as far as the edge.</param>
internal sealed record Maximum(double[] At, double Value, double[]? StandardErrors, int Iterations, bool IsConverged, bool IsInterior);
