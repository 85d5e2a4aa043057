using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Interactions;

/// <summary>GET /v1/interactions</summary>
internal static class ListInteractions
{
    internal static Task<Page<Interaction>> Handle(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT i.Id, i.CustomerId, i.Channel, i.Direction, i.OccurredAt, i.Agent, i.Subject, i.Body, i.Outcome, i.DurationSeconds,
            i.Source, i.ExternalId, i.Revision, i.CreatedAt, i.UpdatedAt
        FROM Interactions i
        WHERE i.TenantId = @TenantId
        """);

    internal static readonly ListOf<Interaction> List = ListOf<Interaction>
        .From(Matching, "i.Id", interaction => interaction.Id.ToBytes())
        .SortedBy("occurred_at", "i.OccurredAt", interaction => interaction.OccurredAt, isDescending: true)
        .FilteredBy("customer_id", "i.CustomerId", FilterType.IdOf<Customer>(), Operators.Equal)
        .FilteredBy("channel", "i.Channel", FilterType.OneOf<InteractionChannel>(), Operators.Equal | Operators.In)
        .FilteredBy("direction", "i.Direction", FilterType.OneOf<InteractionDirection>(), Operators.Equal)
        .FilteredBy("occurred_at", "i.OccurredAt", FilterType.Time, Operators.Range);
}
