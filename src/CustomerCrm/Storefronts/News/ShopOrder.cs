using System.Globalization;
using CustomerCrm.Orders.External;

namespace CustomerCrm.Storefronts.News;

/// <summary>An order as it is to be stated here.</summary>
/// <param name="Details">What the API would be told.</param>
/// <param name="StatedTotal">What the shop says it comes to.</param>
internal sealed record ShopOrder(UpsertOrders.Item Details, long? StatedTotal)
{
    /// <summary>That our sum is another than the shop's: by cash rounding, duties, or a plug-in of the shop's.</summary>
    public string? Note
    {
        get
        {
            var total = Details.Lines.Sum(line => line.UnitPriceMinor!.Value * line.Quantity!.Value - line.DiscountMinor) - Details.DiscountMinor + (Details.IsTaxIncluded ? 0 : Details.TaxMinor) + Details.ShippingMinor;
            return StatedTotal is { } stated && stated != total ? string.Create(CultureInfo.InvariantCulture, $"total_differs: the shop says {stated}, its parts come to {total}.") : null;
        }
    }
}
