using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Customers;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Insights.Values;

/// <summary>GET /customers/{customer_id}/value</summary>
internal static class ShowCustomerValue
{
    /// <param name="fitId">The run whose parameters answer; if nothing is said, the last that was published.</param>
    /// <param name="model">`bg_nbd`, `pareto_nbd` or `mbg_nbd`; if nothing is said, the one that the run chose.</param>
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
