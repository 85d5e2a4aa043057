using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.AutomationRules.Firings;

/// <summary>A customer is back from the bin: what rules were still to do about them is decided when it is due, or now.</summary>
internal sealed class RestoredFirings(TenantDb db, JobQueue jobs) : IRestored
{
    public string Kind => CustomerRecord.Kind.Name;

    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        foreach (var open in await db.QueryAsync<Open>(OpenOf, new { CustomerId = new Id<Customer>(recordId) }, ct))
            await jobs.EnqueueAsync(new RunFiring(open.Id), new JobTerms { RunAt = open.RunAt }, ct);
    }

    private sealed record Open
    {
        public required Id<AutomationFiring> Id { get; init; }
        public DateTimeOffset? RunAt { get; init; }
    }

    private static readonly TenantSql OpenOf = TenantSql.Of("""
        SELECT f.Id, f.RunAt
        FROM AutomationFirings f
        WHERE f.TenantId = @TenantId
          AND f.CustomerId = @CustomerId
          AND f.Status IN (1, 2)
        """);
}
