using CustomerCrm.Companies;
using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Notes;

/// <summary>GET /notes, and those of one customer, company or order.</summary>
internal static class ListNotes
{
    internal static Task<Page<Note>> Handle(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static async Task<Page<Note>> OfCustomer([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await ShowCustomer.FindAsync(customerId, db, ct);
        return await OfOne.Where(Condition.Of("n.CustomerId = {0}", customerId)).ReadAsync(query, db, null, ct);
    }

    internal static async Task<Page<Note>> OfCompany([FromRoute(Name = "company_id")] Id<Company> companyId, ListQuery query, CompanyReader companies, TenantDb db, CancellationToken ct)
    {
        await companies.CheckAsync(companyId, ct);
        return await OfOne.Where(Condition.Of("n.CompanyId = {0}", companyId)).ReadAsync(query, db, null, ct);
    }

    internal static async Task<Page<Note>> OfOrder([FromRoute(Name = "order_id")] Id<Order> orderId, ListQuery query, OrderReader orders, TenantDb db, CancellationToken ct)
    {
        await orders.FindAsync(orderId, ct);
        return await OfOne.Where(Condition.Of("n.OrderId = {0}", orderId)).ReadAsync(query, db, null, ct);
    }

    internal static readonly ListOf<Note> OfOne = ListOf<Note>.From(Note.Matching, "n.Id", note => note.Id.ToBytes())
        .SortedBy("written_at", "n.WrittenAt", note => note.WrittenAt, isDescending: true)
        .FilteredBy("is_pinned", "n.IsPinned", FilterType.Boolean, Operators.Equal)
        .FilteredBy("written_at", "n.WrittenAt", FilterType.Time, Operators.Range);

    internal static readonly ListOf<Note> List = ListOf<Note>.From(Note.Matching, "n.Id", note => note.Id.ToBytes())
        .SortedBy("written_at", "n.WrittenAt", note => note.WrittenAt, isDescending: true)
        .FilteredBy("customer_id", "n.CustomerId", FilterType.IdOf<Customer>(), Operators.Equal | Operators.In)
        .FilteredBy("company_id", "n.CompanyId", FilterType.IdOf<Company>(), Operators.Equal | Operators.In)
        .FilteredBy("order_id", "n.OrderId", FilterType.IdOf<Order>(), Operators.Equal | Operators.In)
        .FilteredBy("is_pinned", "n.IsPinned", FilterType.Boolean, Operators.Equal)
        .FilteredBy("written_at", "n.WrittenAt", FilterType.Time, Operators.Range);
}
