using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.AutomationRules.Firings;

/// <summary>Takes words out of the events that firings answered, and out of what was seen and done.</summary>
internal sealed class ForgottenFirings(TenantDb db) : IForgets
{
    public async Task ForgetAsync(IReadOnlyList<string> names, Forgotten what, Guid since, CancellationToken ct)
    {
        foreach (var name in names)
            foreach (var firing in await db.QueryAsync<Row>(Naming, new { Name = $"%{name}%" }, ct))
                await db.ExecuteAsync(Replace, new { firing.Id, EventText = Wordless.Of(firing.EventText, what, name) }, ct);
    }

    private sealed record Row
    {
        public required Id<AutomationFiring> Id { get; init; }
        public required string EventText { get; init; }
    }

    private static readonly TenantSql Naming = TenantSql.Of("""
        SELECT f.Id, f.EventText
        FROM AutomationFirings f
        WHERE f.TenantId = @TenantId
          AND f.EventText LIKE @Name
        """);

    // What was seen is the condition with the values it asked for, which may be the words.
    private static readonly TenantSql Replace = TenantSql.Of("""
        UPDATE AutomationFirings
        SET EventText = @EventText, ConditionText = NULL
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);
}
