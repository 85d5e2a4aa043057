using System.ComponentModel.DataAnnotations;
using CustomerCrm.Orders.Spending;

namespace CustomerCrm.Orders.Refunds;

/// <summary>A refund as a caller states it.</summary>
public record RefundDetails
{
    /// <summary>Its id where the order came from; once for an order. Spaces around it are left out.</summary>
    [StringLength(200, MinimumLength = 1)] public string? ExternalId { get; init => field = value?.Trim(); }

    /// <summary>All that is paid back. Left out: everything that is left of the order.</summary>
    [Range(typeof(long), "1", "3000000000000")] public long? AmountMinor { get; init; }

    /// <summary>How much of the amount is tax. Where neither part is stated, the amount is goods first, then shipping, then tax.</summary>
    [Amount] public long? TaxMinor { get; init; }

    /// <summary>How much of the amount is shipping.</summary>
    [Amount] public long? ShippingMinor { get; init; }

    [StringLength(200, MinimumLength = 1)] public string? Reason { get; init; }

    /// <summary>Now, if nothing is said.</summary>
    public DateTimeOffset? RefundedAt { get; init; }
}
