namespace CustomerCrm.Analytics.Numerics;

/// <summary>
/// Gauss-Legendre quadrature on [-1, 1] (Abramowitz and Stegun 1964, 25.4.29): exact for polynomials up to degree 2n - 1. Nodes
/// are the roots of the Legendre polynomial, found by Newton's method once for each size.
/// </summary>
internal sealed class GaussLegendre
{
    public static readonly GaussLegendre Eight = new(8);
    public static readonly GaussLegendre Sixteen = new(16);

    private GaussLegendre(int size)
    {
        Nodes = new double[size];
        Weights = new double[size];
        for (var i = 0; i < size; i++)
        {
            var x = Math.Cos(Math.PI * (i + 0.75) / (size + 0.5));
            var slope = 0.0;
            for (var step = 0; step < 20; step++)
            {
                (var value, slope) = Legendre(size, x);
                var dx = value / slope;
                x -= dx;
                if (Math.Abs(dx) < 1e-16) break;
            }

            Nodes[i] = x;
            Weights[i] = 2 / ((1 - x * x) * slope * slope);
        }
    }

    public double[] Nodes { get; }

    public double[] Weights { get; }

    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        double before = 1, value = x;
        for (var k = 2; k <= degree; k++)
            (before, value) = (value, ((2 * k - 1) * x * value - (k - 1) * before) / k);
        return (value, degree * (x * value - before) / (x * x - 1));
    }
}
