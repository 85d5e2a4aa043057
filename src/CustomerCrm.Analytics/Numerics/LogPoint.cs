namespace CustomerCrm.Analytics.Numerics;

/// <summary>A log-likelihood and its derivatives at one point, with respect to the logarithms of the parameters.</summary>
internal sealed class LogPoint
{
    private readonly int n;
    private readonly double[] hessian;

    public LogPoint(ILogLikelihood likelihood, double[] theta)
    {
        n = theta.Length;
        Theta = theta;
        Gradient = new double[n];
        hessian = new double[n * n];
        var p = Array.ConvertAll(theta, Math.Exp);
        var value = likelihood.Evaluate(p, Gradient, hessian);

        // The chain rule for p = e^θ.
        for (var i = 0; i < n; i++)
            for (var j = i; j < n; j++)
            {
                var h = hessian[i * n + j] * p[i] * p[j] + (i == j ? Gradient[i] * p[i] : 0);
                hessian[i * n + j] = hessian[j * n + i] = h;
            }

        for (var i = 0; i < n; i++) Gradient[i] *= p[i];
        var finite = double.IsFinite(value) && Gradient.All(double.IsFinite) && hessian.All(double.IsFinite);
        Value = finite ? value : double.NegativeInfinity;
    }

    public double[] Theta { get; }

    public double Value { get; }

    public double[] Gradient { get; }

    /// <summary>The damped Newton step over the free parameters; false when the damped curvature is not that of a maximum.</summary>
    public bool TryStep(bool[] free, double damping, double[] step)
    {
        var index = Enumerable.Range(0, n).Where(i => free[i]).ToArray();
        Array.Clear(step);
        if (index.Length == 0 || double.IsInfinity(Value)) return index.Length == 0;

        var matrix = new double[index.Length, index.Length];
        var right = new double[index.Length];
        for (var i = 0; i < index.Length; i++)
        {
            right[i] = Gradient[index[i]];
            for (var j = 0; j < index.Length; j++) matrix[i, j] = -hessian[index[i] * n + index[j]];
            matrix[i, i] += damping * Math.Max(Math.Abs(matrix[i, i]), Math.Abs(right[i]) + 1e-12);
        }

        if (!Cholesky.TryFactor(matrix)) return false;
        Cholesky.Solve(matrix, right);
        for (var i = 0; i < index.Length; i++) step[index[i]] = right[i];
        return step.All(double.IsFinite);
    }

    /// <summary>How much the likelihood should rise along a step, to first order halved.</summary>
    public double Promise(double[] step) => 0.5 * Gradient.Zip(step, (g, s) => g * s).Sum();

    /// <summary>By the delta method, se(p) = p·se(ln p).</summary>
    public double[]? StandardErrors()
    {
        var matrix = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) matrix[i, j] = -hessian[i * n + j];
        if (!Cholesky.TryFactor(matrix)) return null;

        var errors = new double[n];
        for (var i = 0; i < n; i++)
        {
            var unit = new double[n];
            unit[i] = 1;
            Cholesky.Solve(matrix, unit);
            errors[i] = Math.Exp(Theta[i]) * Math.Sqrt(unit[i]);
        }

        return errors.All(double.IsFinite) ? errors : null;
    }
}
