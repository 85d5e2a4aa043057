using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Suppressions;

/// <summary>GET /v1/suppressions, and one of them.</summary>
internal static class ListSuppressions
{
    internal static Task<Page<Suppression>> Handle(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static Task<Suppression> Show([FromRoute(Name = "suppression_id")] Id<Suppression> suppressionId, TenantDb db, CancellationToken ct) => Suppression.FindAsync(suppressionId, db, ct);

    internal static readonly ListOf<Suppression> List = ListOf<Suppression>.From(Suppression.Matching, "p.Id", suppression => suppression.Id.ToBytes())
        .SortedBy("created_at", "p.CreatedAt", suppression => suppression.CreatedAt, isDescending: true)
        .FilteredBy("channel", "p.Channel", FilterType.OneOf<MessageChannel>(), Operators.Equal | Operators.In)
        .FilteredBy("reason", "p.Reason", FilterType.OneOf<SuppressionReason>(), Operators.Equal | Operators.In)
        .FilteredBy("created_at", "p.CreatedAt", FilterType.Time, Operators.Range);
}
