using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Customers;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Insights.Values;

/// <summary>GET /customers/{customer_id}/value</summary>
internal static class ShowCustomerValue
{
    internal static async Task<CustomerValue> Handle(
        [FromRoute(Name = "customer_id")] Id<Customer> customerId, [FromQuery(Name = "fit")] Id<Fit>? fitId, string? model,
        CustomerValuer valuer, TenantDb db, CancellationToken ct)
    {
        var kind = OneOf.Read<ModelKind>("model", model);
        var customer = await ShowCustomer.FindAsync(customerId, db, ct);
        var fit = await valuer.FitAsync(fitId, ct);
        return (await valuer.ValuesAsync([customer.Id], fit, kind, ct))[0];
    }
}
