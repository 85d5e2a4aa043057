using CustomerCrm.Platform.Data;

namespace CustomerCrm.Templates.Fields;

/// <summary>The fields of the tenant's own that a text can say, each by its whole name: <c>customer.custom_fields.size</c>.</summary>
internal static class OwnFields
{
    public static async Task<IReadOnlySet<string>> ReadAsync(TenantDb db, CancellationToken ct) =>
        (await db.QueryAsync<string>(Names, null, ct)).ToHashSet(StringComparer.Ordinal);

    // Resource 1: customers; 4: tickets.
    private static readonly TenantSql Names = TenantSql.Of("""
        SELECT CONCAT(CASE WHEN f.Resource = 1 THEN 'customer' ELSE 'ticket' END, '.custom_fields.', f.Name)
        FROM CustomFields f
        WHERE f.TenantId = @TenantId
          AND f.Resource IN (1, 4)
          AND f.DeletedAt IS NULL
        """);
}
