using CustomerCrm.Companies.Figures;
using CustomerCrm.Customers;
using CustomerCrm.Orders.Spending;
using CustomerCrm.Orders.Ties;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Records;
using CustomerCrm.Products.Sales;

namespace CustomerCrm.Orders;

/// <summary>An order is back from the bin: its lines name the products that there are by now, and its customer's figures count it again.</summary>
internal sealed class RestoredOrders(OrderReader reader, LineTies ties, CustomerFigures figures, CompanyFigures companies, ProductSales sales, CustomerSeen seen, EventLog events) : IRestored
{
    public string Kind => OrderRecord.Kind.Name;

    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        await ties.MendAsync(new Id<Order>(recordId), ct);
        var order = await reader.FindAsync(new Id<Order>(recordId), ct);
        await figures.LockAsync(order.CustomerId, ct);
        await figures.CountAsync(order.CustomerId, ct);
        await companies.OrderedAsync(order.CustomerId, ct);
        await sales.CountAsync(order.CustomerId, ProductTies.In(order), ct);
        await seen.RecountAsync(order.CustomerId, ct);
        events.Record("order.restored", order, order.CustomerId.Value);
    }
}

/// <summary>A customer is back from the bin, maybe without some of its orders: the figures count those that are there, and its company's and its products' count them again.</summary>
internal sealed class FiguresOfRestored(CustomerFigures figures, CompanyFigures companies, LineTies ties, BinnedSales sales) : IRestored
{
    public string Kind => CustomerRecord.Kind.Name;

    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        if (!isWhole) await figures.CountAsync(new Id<Customer>(recordId), ct);
        await companies.OrderedAsync(new Id<Customer>(recordId), ct);
        await ties.MendAsync(new Id<Customer>(recordId), ct);
        await sales.ReturnAsync(new Id<Customer>(recordId), ct);
    }
}
