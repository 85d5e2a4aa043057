namespace CustomerCrm.Analytics.Numerics;

/// <summary>A log-likelihood in a few positive parameters, with its exact first and second derivatives.</summary>
internal interface ILogLikelihood
{
    int Parameters { get; }

    /// <summary>Value at <paramref name="at"/>.</summary>
    /// <param name="at">The positive parameters.</param>
    /// <param name="gradient">First derivatives; overwritten.</param>
    /// <param name="hessian">Second derivatives, row by row; overwritten; only the upper triangle is read.</param>
    double Evaluate(ReadOnlySpan<double> at, Span<double> gradient, Span<double> hessian);
}
