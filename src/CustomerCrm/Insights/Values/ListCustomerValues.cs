using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Customers;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Insights.Values;

/// <summary>GET /insights/customers: everyone who had ordered by the run's day, page by page.</summary>
internal static class ListCustomerValues
{
    /// <param name="fitId">The run whose parameters answer; if nothing is said, the last that was published.</param>
    /// <param name="model">`bg_nbd`, `pareto_nbd` or `mbg_nbd`; if nothing is said, the one that the run chose.</param>
    internal static async Task<Page<CustomerValue>> Handle(
        ListQuery query, [FromQuery(Name = "fit")] Id<Fit>? fitId, string? model, CustomerValuer valuer, CurrentSettings settings, TenantDb db, CancellationToken ct)
    {
        var kind = OneOf.Read<ModelKind>("model", model);
        var fit = await valuer.FitAsync(fitId, ct);
        var calendar = (await settings.GetAsync(ct)).Calendar;
        var page = await List.ReadAsync(query, db, new { Before = calendar.StartOf((fit?.AsOf ?? DateOnly.FromDateTime(DateTime.UnixEpoch)).AddDays(1)) }, ct);
        return new Page<CustomerValue>
        {
            Data = await valuer.ValuesAsync([.. page.Data.Select(row => row.Id)], fit, kind, ct),
            HasMore = page.HasMore,
            NextCursor = page.NextCursor,
            NextLink = page.NextLink,
        };
    }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT f.CustomerId AS Id
        FROM CustomerFigures f
        WHERE f.TenantId = @TenantId
          AND f.OrderCount > 0
          AND f.FirstOrderAt < @Before
        """);

    internal static readonly ListOf<Row> List = ListOf<Row>
        .From(Matching, "f.CustomerId", row => row.Id.ToBytes())
        .SortedBy("customer_id", "f.CustomerId", row => row.Id);

    internal sealed record Row
    {
        public required Id<Customer> Id { get; init; }
    }
}
