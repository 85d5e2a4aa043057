using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Customers;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Insights.Purchases;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Insights.Values;

/// <summary>Values of some customers by any finished run, computed from its parameters: no run keeps figures of customers.</summary>
internal sealed class CustomerValuer(FitStore fits, PurchaseReader reader)
{
    /// <summary>The run asked for, or the one that is published; null when there is none yet.</summary>
    /// <exception cref="ApiProblem">404: no such run. 409: it is not finished.</exception>
    public async Task<Fit?> FitAsync(Id<Fit>? fitId, CancellationToken ct)
    {
        if (fitId is not { } id) return await fits.PublishedAsync(ct);
        var fit = await fits.FindAsync(id, ct);
        return fit.Result is null ? throw ApiProblem.Conflict("fit_not_finished", "The run is not finished yet.") : fit;
    }

    public async Task<IReadOnlyList<CustomerValue>> ValuesAsync(IReadOnlyList<Id<Customer>> customers, Fit? fit, ModelKind? model, CancellationToken ct)
    {
        if (customers.Count == 0) return [];
        if (fit?.Result is not { } result) return [.. customers.Select(CustomerValue.WithoutFit)];

        var history = await reader.ReadAsync(customers, fit.AsOf, ct);
        var summaries = CustomerSummaries.Of(history.Days).ToDictionary(summary => history.Customers[summary.Customer]);
        var valuation = new Valuation(result);
        return [.. customers.Select(id => CustomerValue.Of(id, fit, valuation, model, summaries.TryGetValue(id, out var summary) ? summary : null))];
    }
}
