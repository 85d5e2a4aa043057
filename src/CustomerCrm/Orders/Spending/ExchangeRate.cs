using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Orders.Spending;

/// <summary>
/// Units of the tenant's currency for one unit of the order's (0.92: a dollar is 92 euro cents), with twelve digits after
/// the point. Kept as a whole number of 10^-12, since SQLite has no decimals.
/// </summary>
internal static class ExchangeRate
{
    public const long One = 1_000_000_000_000;

    public static long ToE12(decimal rate) => (long)decimal.Round(rate * One, MidpointRounding.AwayFromZero);

    // Divided by a scaled one, the result has no zeros at its end: 0.92, not 0.920000000000.
    public static decimal FromE12(long rate) => (decimal)rate / One;
}

/// <summary>A rate between a billionth and a million.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExchangeRateAttribute() : RangeAttribute(typeof(decimal), "0.000000001", "1000000");
