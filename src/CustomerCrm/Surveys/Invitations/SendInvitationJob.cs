using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>It is time to ask this customer, if they are to be asked at all.</summary>
public sealed record SendInvitation(Id<SurveyInvitation> InvitationId);

internal sealed class SendInvitationJob(TenantDb db, InvitationSending sending) : IJob<SendInvitation>
{
    public Task RunAsync(SendInvitation work, CancellationToken ct) => db.InTransactionAsync(() => sending.SendAsync(work.InvitationId, ct), ct);
}
