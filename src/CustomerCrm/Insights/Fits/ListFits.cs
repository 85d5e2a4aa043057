using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Insights.Fits;

/// <summary>GET /insights/fits</summary>
internal static class ListFits
{
    internal static Task<Page<Fit>> Handle(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    // Ids are made when runs are asked for and sort by that time.
    internal static readonly ListOf<Fit> List = ListOf<Fit>
        .From(FitStore.All, "f.Id", fit => fit.Id.ToBytes())
        .SortedBy("created_at", "f.Id", fit => fit.Id, isDescending: true)
        .SortedBy("as_of", "f.AsOf", fit => fit.AsOf)
        .FilteredBy("as_of", "f.AsOf", FilterType.Day, Operators.Equal | Operators.Range)
        .FilteredBy("status", "f.Status", FilterType.OneOf<FitStatus>(), Operators.Equal)
        .FilteredBy("publish", "f.IsPublished", FilterType.Boolean, Operators.Equal);
}
