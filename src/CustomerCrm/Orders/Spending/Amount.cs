using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Orders.Spending;

/// <summary>A whole number of minor units from 0 to 10^12: ten billion euros, and far enough from where sums of millions of orders overflow.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AmountAttribute() : RangeAttribute(typeof(long), "0", "1000000000000")
{
    public const long Most = 1_000_000_000_000;
}
