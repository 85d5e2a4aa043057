using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Interactions;

/// <summary>GET /v1/interactions</summary>
internal static class ListInteractions
{
    internal static Task<Page<Interaction>> Handle(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    private static readonly TenantSql Matching = TenantSql.Of($"""
        SELECT {Interaction.Columns}
        FROM Interactions i
        WHERE i.TenantId = @TenantId
        """);

    // CROSS JOIN, because SQLite keeps its order: first what has the value of a field, then its row.
    private static readonly TenantSql MatchingByValue = TenantSql.Of($"""
        SELECT {Interaction.Columns}
        FROM InteractionFieldValues v
        CROSS JOIN Interactions i
        WHERE v.TenantId = @TenantId
          AND i.TenantId = @TenantId
          AND i.Id = v.InteractionId
        """);

    internal static readonly ListOf<Interaction> List = ListOf<Interaction>
        .From(Matching, "i.Id", interaction => interaction.Id.ToBytes())
        .SortedBy("occurred_at", "i.OccurredAt", interaction => interaction.OccurredAt, isDescending: true)
        .FilteredBy("customer_id", "i.CustomerId", FilterType.IdOf<Customer>(), Operators.Equal)
        .FilteredBy("channel", "i.Channel", FilterType.OneOf<InteractionChannel>(), Operators.Equal | Operators.In)
        .FilteredBy("direction", "i.Direction", FilterType.OneOf<InteractionDirection>(), Operators.Equal)
        .FilteredBy("occurred_at", "i.OccurredAt", FilterType.Time, Operators.Range)
        .WithOwn(new ListedFields<Interaction>(InteractionFields.Owner, MatchingByValue, interaction => interaction.CustomFields));
}
