using System.Text;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Platform.Idempotency;

/// <summary>Takes words out of the answers that are kept for repeats: a repeat still does nothing twice, and says no word.</summary>
internal sealed class ForgottenAnswers(TenantDb db) : IForgets
{
    public async Task ForgetAsync(IReadOnlyList<string> names, Forgotten what, Guid since, CancellationToken ct)
    {
        foreach (var name in names)
            foreach (var answer in await db.QueryAsync<Row>(Naming, new { Name = $"%{name}%" }, ct))
                if (answer.Body is { Length: > 0 } body && Wordless.IsJson(body))
                    await db.ExecuteAsync(Replace, new { answer.Key, Body = Encoding.UTF8.GetBytes(Wordless.Of(Encoding.UTF8.GetString(body), what, name)) }, ct);
    }

    private sealed record Row
    {
        public required string Key { get; init; }
        public byte[]? Body { get; init; }
    }

    private static readonly TenantSql Naming = TenantSql.Of(
        sqlServer: """
            SELECT r.[Key], r.Body
            FROM IdempotencyRecords r
            WHERE r.TenantId = @TenantId
              AND CAST(r.Body AS VARCHAR(MAX)) LIKE @Name
            """,
        sqlite: """
            SELECT r.[Key], r.Body
            FROM IdempotencyRecords r
            WHERE r.TenantId = @TenantId
              AND CAST(r.Body AS TEXT) LIKE @Name
            """);

    private static readonly TenantSql Replace = TenantSql.Of("""
        UPDATE IdempotencyRecords
        SET Body = @Body
        WHERE TenantId = @TenantId
          AND [Key] = @Key
        """);
}
