using CustomerCrm.Platform.Data;
using CustomerCrm.Products;

namespace CustomerCrm.Orders.Ties;

/// <summary>Says of the lines of orders which products of the catalogue they are of.</summary>
internal sealed class ProductTies(ProductFinder products)
{
    /// <summary>By the external id in the order's source, else by the SKU, as the catalogue is now. A line that names neither is not looked up.</summary>
    public async Task<Order> TieAsync(Order order, CancellationToken ct)
    {
        if (order.Lines.All(line => line.Sku is null && line.ProductExternalId is null)) return order;
        var known = await products.FindAsync(order.Lines.Select(line => line.Sku), order.Source, order.Lines.Select(line => line.ProductExternalId), ct);
        return order with { Lines = [.. order.Lines.Select(line => line with { ProductId = known.Of(line.Sku, order.Source is null ? null : line.ProductExternalId) })] };
    }

    /// <summary>The products that one of the orders names.</summary>
    public static IReadOnlyCollection<Id<Product>> In(params IEnumerable<Order> orders) => [.. orders.SelectMany(order => order.Lines).Select(line => line.ProductId).OfType<Id<Product>>().Distinct()];
}
