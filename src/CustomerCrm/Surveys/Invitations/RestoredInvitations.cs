using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>A customer is back from the bin: what surveys were still to ask is decided when it is due, or now.</summary>
internal sealed class RestoredInvitations(TenantDb db, JobQueue jobs) : IRestored
{
    public string Kind => CustomerRecord.Kind.Name;

    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        foreach (var scheduled in await db.QueryAsync<SurveyInvitation>(ScheduledOf, new { CustomerId = new Id<Customer>(recordId) }, ct))
            await jobs.EnqueueAsync(new SendInvitation(scheduled.Id), new JobTerms { RunAt = scheduled.DueAt }, ct);
    }

    private static readonly TenantSql ScheduledOf = SurveyInvitation.Matching.Then("AND i.CustomerId = @CustomerId AND i.State = 1");
}
