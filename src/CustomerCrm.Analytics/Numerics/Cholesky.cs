namespace CustomerCrm.Analytics.Numerics;

/// <summary>The factor L of a small symmetric positive definite matrix A = LLᵀ, in place.</summary>
internal static class Cholesky
{
    /// <summary>False when the matrix is not positive definite, as far as doubles can tell.</summary>
    public static bool TryFactor(double[,] a)
    {
        var n = a.GetLength(0);
        for (var j = 0; j < n; j++)
        {
            var pivot = a[j, j];
            for (var k = 0; k < j; k++) pivot -= a[j, k] * a[j, k];
            if (!(pivot > 1e-14 * Math.Abs(a[j, j])) || !double.IsFinite(pivot)) return false;

            a[j, j] = Math.Sqrt(pivot);
            for (var i = j + 1; i < n; i++)
            {
                var sum = a[i, j];
                for (var k = 0; k < j; k++) sum -= a[i, k] * a[j, k];
                a[i, j] = sum / a[j, j];
            }
        }

        return true;
    }

    public static void Solve(double[,] factor, double[] right)
    {
        var n = right.Length;
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++) right[i] -= factor[i, k] * right[k];
            right[i] /= factor[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++) right[i] -= factor[k, i] * right[k];
            right[i] /= factor[i, i];
        }
    }
}
