using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Track;

/// <summary>GET /track/names: what can be asked about.</summary>
public static class ListTrackedNames
{
    /// <summary>A name that was tracked at least once.</summary>
    public sealed record Row
    {
        public required string Name { get; init; }
        public required DateTimeOffset FirstTrackedAt { get; init; }

        [JsonIgnore]
        public byte[] NameKey { get; init; } = [];
    }

    internal static Task<Page<Row>> Handle(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT n.Name, n.FirstTrackedAt, n.NameKey
        FROM TrackedNames n
        WHERE n.TenantId = @TenantId
        """);

    internal static readonly ListOf<Row> List = ListOf<Row>.From(Matching, "n.NameKey", row => row.NameKey)
        .SortedBy("name", "n.Name", row => row.Name)
        .FilteredBy("name", "n.Name", FilterType.Text(100, "product"), Operators.Prefix);
}
