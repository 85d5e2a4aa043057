using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Records;
using CustomerCrm.Surveys.Invitations;

namespace CustomerCrm.SurveyResponses.Drafts;

/// <summary>A customer is back from the bin: what they had begun to answer is closed when its time is over, or now.</summary>
internal sealed class RestoredDrafts(TenantDb db, JobQueue jobs) : IRestored
{
    public string Kind => CustomerRecord.Kind.Name;

    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        foreach (var draft in await db.QueryAsync<Begun>(OfCustomer, new { CustomerId = new Id<Customer>(recordId) }, ct))
            await jobs.EnqueueAsync(new CloseDraft(draft.InvitationId), new JobTerms { RunAt = draft.ClosesAt, UniqueKey = draft.InvitationId.ToString() }, ct);
    }

    private sealed record Begun
    {
        public required Id<SurveyInvitation> InvitationId { get; init; }
        public required DateTimeOffset ClosesAt { get; init; }
    }

    private static readonly TenantSql OfCustomer = TenantSql.Of("""
        SELECT d.InvitationId, d.ClosesAt
        FROM SurveyDrafts d
        JOIN SurveyInvitations i ON i.TenantId = d.TenantId AND i.Id = d.InvitationId
        WHERE d.TenantId = @TenantId
          AND i.CustomerId = @CustomerId
        """);
}
