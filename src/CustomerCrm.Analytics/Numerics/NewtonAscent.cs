namespace CustomerCrm.Analytics.Numerics;

/// <summary>
/// Newton's method for a maximum in the logarithms of positive parameters, damped as by Levenberg (1944) and Marquardt (1963) and
/// kept inside a box. The logarithm makes the parameters free of their sign and their scale; the box catches likelihoods that
/// have no interior maximum.
/// </summary>
internal static class NewtonAscent
{
    private const int MostIterations = 200;

    /// <summary>A factor of e^1.5 a step at most: far from the maximum the quadratic model is not to be trusted further.</summary>
    private const double LongestStep = 1.5;

    /// <summary>A step that promises less than this in log-likelihood is far below any standard error.</summary>
    private const double WorthAStep = 1e-9;

    /// <summary>Where a likelihood rises towards an edge ever more slowly, no step is worth taking some way before it: 5 % of the parameter.</summary>
    private const double NearTheEdge = 0.05;

    public static Maximum Search(ILogLikelihood likelihood, double[] start, double[] lowest, double[] highest)
    {
        var n = likelihood.Parameters;
        var here = new LogPoint(likelihood, [.. start.Select((p, i) => Math.Clamp(Math.Log(p), Math.Log(lowest[i]), Math.Log(highest[i])))]);
        var low = Array.ConvertAll(lowest, Math.Log);
        var high = Array.ConvertAll(highest, Math.Log);
        var damping = 1e-3;
        var iterations = 0;
        var converged = false;
        var step = new double[n];

        while (!converged && iterations++ < MostIterations)
        {
            var free = Free(here, low, high);
            if (!here.TryStep(free, damping, step))
            {
                damping = Math.Max(damping * 8, 1e-6);
                if (damping > 1e18) break;
                continue;
            }

            var promised = here.Promise(step);
            var size = step.Max(Math.Abs);
            if (size > LongestStep) Scale(step, LongestStep / size);
            var next = new LogPoint(likelihood, [.. step.Select((s, i) => Math.Clamp(here.Theta[i] + s, low[i], high[i]))]);

            var noise = 1e-14 * Math.Abs(here.Value);
            converged = damping < 0.1 && promised < WorthAStep + noise;
            if (next.Value >= here.Value - (converged ? noise * 10 : 0))
            {
                converged |= next.Theta.AsSpan().SequenceEqual(here.Theta);
                here = next;
                damping = damping < 1e-8 ? 0 : damping / 10;
            }
            else
            {
                damping = Math.Max(damping * 8, 1e-6);
                converged |= damping > 1e18;
            }
        }

        var at = Array.ConvertAll(here.Theta, Math.Exp);
        var errors = here.StandardErrors();
        return new Maximum(at, here.Value, errors, iterations, converged, Enumerable.Range(0, n).All(IsInside));

        // A ridge may be so flat that the search rests in the middle of it: then a standard error, in the logarithm, is wider than half the box.
        bool IsInside(int i) =>
            here.Theta[i] > low[i] + NearTheEdge && here.Theta[i] < high[i] - NearTheEdge
            && !(errors?[i] / at[i] > (high[i] - low[i]) / 2);
    }

    /// <summary>A parameter at an edge of the box whose likelihood rises outward stays there.</summary>
    private static bool[] Free(LogPoint here, double[] low, double[] high)
    {
        var free = new bool[low.Length];
        for (var i = 0; i < free.Length; i++)
            free[i] = !(here.Theta[i] <= low[i] && here.Gradient[i] <= 0) && !(here.Theta[i] >= high[i] && here.Gradient[i] >= 0);
        return free;
    }

    private static void Scale(double[] step, double by)
    {
        for (var i = 0; i < step.Length; i++) step[i] *= by;
    }
}
