using CustomerCrm.Platform.Data;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>Of several surveys that answer one event, one asks the customer: the one that is due first, and of those due together the oldest survey.</summary>
internal sealed class SameEvent(TenantDb db)
{
    /// <summary>What the event made beside this invitation and does not wait for anybody: those that have asked, and those whose turn is before its own. In the order of their turns.</summary>
    public async Task<IReadOnlyList<Sibling>> OfAsync(SurveyInvitation invitation, CancellationToken ct) => invitation.EventId is null ? []
        : await db.QueryAsync<Sibling>(Others, new { invitation.Id, invitation.CustomerId, EventId = invitation.EventId.Value, invitation.SurveyId, invitation.DueAt }, ct);

    private static readonly TenantSql Others = TenantSql.Of("""
        SELECT i.Id, i.SurveyId, i.State
        FROM SurveyInvitations i
        WHERE i.TenantId = @TenantId
          AND i.CustomerId = @CustomerId
          AND i.EventId = @EventId
          AND i.Id <> @Id
          AND (i.State IN (2, 3) OR (i.State = 1 AND (i.DueAt < @DueAt OR (i.DueAt = @DueAt AND i.SurveyId < @SurveyId))))
        ORDER BY i.DueAt, i.SurveyId
        """);

    internal sealed record Sibling
    {
        public required Id<SurveyInvitation> Id { get; init; }
        public required Id<Survey> SurveyId { get; init; }
        public required InvitationState State { get; init; }
    }
}
