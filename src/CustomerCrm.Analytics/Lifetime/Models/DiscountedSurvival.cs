using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// ∫₀^∞ e^(-zv) (1 + v)^(-s) dv, which is U(1, 2 - s, z) and e^z E_s(z): by Gauss-Legendre panels in ln(1 + v), where the
/// integrand e^((1-s)y - z(e^y - 1)) is smooth and ends, doubly exponentially, where z(e^y - 1) passes 45.
/// </summary>
internal static class DiscountedSurvival
{
    public static double Of(double s, double z)
    {
        var to = NearZero.Log1p(45 / z);
        if (s > 1) to = Math.Min(to, 45 / (s - 1));
        var panels = (int)Math.Ceiling(Math.Max(4, to * 4));
        var half = to / panels / 2;

        var sum = 0.0;
        for (var k = 0; k < panels; k++)
            for (var i = 0; i < GaussLegendre.Sixteen.Nodes.Length; i++)
            {
                var y = (2 * k + 1 + GaussLegendre.Sixteen.Nodes[i]) * half;
                sum += half * GaussLegendre.Sixteen.Weights[i] * Math.Exp((1 - s) * y - z * NearZero.Expm1(y));
            }

        return sum;
    }
}
