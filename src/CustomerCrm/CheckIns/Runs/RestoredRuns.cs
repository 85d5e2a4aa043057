using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.CheckIns.Runs;

/// <summary>A customer is back from the bin: whom a check-in was still to ask is asked when it is due, or now.</summary>
internal sealed class RestoredRuns(TenantDb db, JobQueue jobs) : IRestored
{
    public string Kind => CustomerRecord.Kind.Name;

    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        foreach (var waiting in await db.QueryAsync<CheckInRun>(WaitingOf, new { CustomerId = new Id<Customer>(recordId) }, ct))
            await jobs.EnqueueAsync(new AskCustomer(waiting.Id), new JobTerms { RunAt = waiting.DueAt }, ct);
    }

    private static readonly TenantSql WaitingOf = CheckInRun.Matching.Then("AND r.CustomerId = @CustomerId AND r.State = 1");
}
