using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Records;

/// <summary>
/// The statements that move rows whole. Tables are named in the code and columns by the schema, so no caller's text is ever in
/// them; each is tied to the tenant, which a test tries for every table of every record.
/// </summary>
internal static class RecordSql
{
    public static TenantSql Read(RecordTable table, IEnumerable<string> columns) => TenantSql.OfSchema($"""
        SELECT {string.Join(", ", columns.Select(c => $"t.[{c}]"))}
        FROM {table.Name} t
        WHERE t.TenantId = @TenantId
          AND {OfRecord(table, "t.")}
        """);

    public static TenantSql Insert(RecordTable table, IReadOnlyCollection<string> columns) => TenantSql.OfSchema($"""
        INSERT INTO {table.Name} (TenantId, {string.Join(", ", columns.Select(c => $"[{c}]"))})
        VALUES (@TenantId, {string.Join(", ", columns.Select(c => $"@{c}"))})
        """);

    /// <summary>On SQL Server, whoever would add to the record waits from here on until the commit, and then finds nothing.</summary>
    public static TenantSql Hold(RecordTable root) => TenantSql.OfSchema($"""
        UPDATE {root.Name}
        SET Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @RecordId
          AND Revision = @Revision
        """);

    /// <summary>As <see cref="Hold"/>, for several, and nothing of them is changed. Ends in its WHERE.</summary>
    public static TenantSql HoldMany(RecordTable root) => TenantSql.OfSchema($"""
        UPDATE {root.Name}
        SET Revision = Revision
        WHERE TenantId = @TenantId
        """);

    /// <summary>
    /// Those that somebody touched: with rows that do not follow from them by themselves, or with something in the bin or a change in their
    /// history that is not <c>@ActorId</c>'s. What hangs on other rows of the record needs no look: those rows are one. Ends in its WHERE.
    /// </summary>
    public static TenantSql Touched(RecordKind kind, IReadOnlyCollection<string> leftOut)
    {
        var root = kind.Root;
        var hanging = kind.Tables.Where(table => table != root && table is { IsOfItself: false, Through: null } && !leftOut.Contains(table.Name));
        return TenantSql.OfSchema($"""
            SELECT r.Id
            FROM {root.Name} r
            WHERE r.TenantId = @TenantId
              AND ({string.Concat(hanging.Select(table => $"EXISTS (SELECT 1 FROM {table.Name} t WHERE t.TenantId = r.TenantId AND t.{table.Key} = r.Id{(table.ByHand is null ? "" : $" AND {table.ByHand}")})\n        OR "))}
                   EXISTS (SELECT 1 FROM RemovedRecords b WHERE b.TenantId = r.TenantId AND b.CustomerKey = r.Id AND (b.ActorKind <> @ActorKind OR b.ActorId IS NULL OR b.ActorId <> @ActorId))
                OR EXISTS (SELECT 1 FROM FieldChanges h WHERE h.TenantId = r.TenantId AND h.CustomerId = r.Id AND (h.ActorKind <> @ActorKind OR h.ActorId IS NULL OR h.ActorId <> @ActorId)))
            """);
    }

    /// <summary>Of the record's own table; other rows go with it, where their foreign keys cascade.</summary>
    public static TenantSql Delete(RecordTable table) => TenantSql.OfSchema($"""
        DELETE FROM {table.Name}
        WHERE TenantId = @TenantId
          AND {OfRecord(table, "")}
        """);

    public static TenantSql Exists(string table) => TenantSql.OfSchema($"""
        SELECT 1
        FROM {table} t
        WHERE t.TenantId = @TenantId
          AND t.Id = @Id
        """);

    private static string OfRecord(RecordTable table, string alias) => table.Through is not { } through
        ? $"{alias}{table.Key} = @RecordId"
        : $"{alias}{table.Key} IN (SELECT p.{table.ThroughColumn} FROM {through.Name} p WHERE p.TenantId = @TenantId AND p.{through.Key} = @RecordId)";
}
