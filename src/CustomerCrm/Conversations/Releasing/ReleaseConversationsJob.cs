using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Users;

namespace CustomerCrm.Conversations.Releasing;

/// <summary>Somebody has left the tenant: what they had to answer is nobody's, and stands among what is unassigned.</summary>
public sealed record ReleaseConversations(Id<User> UserId);

internal sealed class ReleaseConversationsJob(TenantDb db, ConversationWriter conversations, Caller caller) : IJob<ReleaseConversations>
{
    private const int AtOnce = 20;

    // Each that is released is not found again, so a second run finds the rest.
    public async Task RunAsync(ReleaseConversations work, CancellationToken ct)
    {
        caller.ActAs(new Actor(ActorKind.Job, null, "user left"));
        await db.ChangeByPieceAsync<Id<Conversation>>(Theirs, AtOnce, new { work.UserId }, id => ReleaseAsync(id, work.UserId, ct), ct);
        await db.ExecuteAsync(ForgetInClosed, new { work.UserId }, ct);
    }

    private async Task ReleaseAsync(Id<Conversation> id, Id<User> gone, CancellationToken ct)
    {
        var current = await Conversation.FindAsync(id, db, ct);
        // A conversation shows nobody who is gone; the row still names them.
        if (current.AssigneeId is null) await conversations.ChangeAsync(current with { AssigneeId = gone }, current, ct);
    }

    private static readonly TenantSql Theirs = TenantSql.Of("""
        SELECT c.Id
        FROM Conversations c
        WHERE c.TenantId = @TenantId
          AND c.AssigneeId = @UserId
          AND c.State <> 3
          AND NOT EXISTS (SELECT 1 FROM Users u WHERE u.TenantId = c.TenantId AND u.Id = c.AssigneeId)
        ORDER BY c.Id
        """);

    // Nobody has to know of these, until the customer opens one again.
    private static readonly TenantSql ForgetInClosed = TenantSql.Of("""
        UPDATE Conversations
        SET AssigneeId = NULL
        WHERE TenantId = @TenantId
          AND AssigneeId = @UserId
          AND State = 3
          AND NOT EXISTS (SELECT 1 FROM Users u WHERE u.TenantId = @TenantId AND u.Id = @UserId)
        """);
}
