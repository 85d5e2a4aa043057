using System.Text.Json;
using CustomerCrm.ContactPolicy.Deciding;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>Writes invitations and moves them along.</summary>
internal sealed class InvitationWriter(TenantDb db, JobQueue jobs, EventLog events, TimeProvider clock)
{
    /// <summary>Somebody is to be asked when it is time; then it is decided whether they are.</summary>
    /// <returns>Null: the same event made one already, or the customer is gone.</returns>
    public async Task<SurveyInvitation?> ScheduleAsync(SurveyInvitation invitation, CancellationToken ct)
    {
        if (await AddAsync(invitation, ct) is not { } added) return null;
        await jobs.EnqueueAsync(new SendInvitation(added.Id), new JobTerms { RunAt = added.DueAt }, ct);
        return added;
    }

    /// <summary>As <see cref="ScheduleAsync"/>, but whoever calls sends it at once.</summary>
    public async Task<SurveyInvitation?> AddAsync(SurveyInvitation invitation, CancellationToken ct)
    {
        var row = new
        {
            invitation.Id, invitation.SurveyId, invitation.CustomerId, invitation.Channel, invitation.Cause, EventId = invitation.EventId?.ToBytes(), invitation.EventType, invitation.SourceId,
            invitation.AboutKind, AboutId = invitation.AboutKey, AgentId = invitation.AgentId?.ToBytes(), TeamId = invitation.TeamId?.ToBytes(), invitation.DueAt, Now = clock.GetUtcNow(),
        };
        if (await db.ExecuteAsync(Insert, row, ct) == 0) return null;
        return await SurveyInvitation.FindAsync(invitation.Id, db, ct);
    }

    /// <summary>It was handed to its channel, or something stood in the way.</summary>
    public async Task<SurveyInvitation> DecideAsync(SurveyInvitation invitation, IReadOnlyList<RuleFinding> findings, SentInvitation? sent, string? code, CancellationToken ct)
    {
        var changed = await db.ExecuteAsync(Decide, new
        {
            invitation.Id, State = sent is null ? InvitationState.NotSent : InvitationState.Sent, Code = code, FindingsText = JsonSerializer.Serialize(findings, StrictJson.Options),
            Version = sent?.Version, MessageId = (sent?.MessageId ?? invitation.MessageId)?.ToBytes(), SentAt = sent?.At, ExpiresAt = sent?.ExpiresAt,
        }, ct);
        if (changed == 0) throw ApiProblem.Conflict("taken_meanwhile", "Somebody else decided about it at the same moment. Try again.");
        var now = await SurveyInvitation.FindAsync(invitation.Id, db, ct);
        events.Record(sent is null ? "survey.not_sent" : "survey.sent", now, now.CustomerId.Value);
        return now;
    }

    /// <summary>The message that it went out by did not leave in the end.</summary>
    public async Task NotSentAfterAllAsync(Id<SurveyInvitation> invitationId, string code, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Undo, new { Id = invitationId, Code = code }, ct) == 0) return;
        var now = await SurveyInvitation.FindAsync(invitationId, db, ct);
        events.Record("survey.not_sent", now, now.CustomerId.Value);
    }

    /// <summary>Somebody answers it, and nobody after them.</summary>
    /// <returns>False: it was answered before, cannot be answered yet or is over.</returns>
    public async Task<bool> AnswerAsync(SurveyInvitation invitation, bool isAnonymous, DateTimeOffset at, CancellationToken ct) =>
        await db.ExecuteAsync(Answer, new { invitation.Id, Now = at, AnsweredAt = isAnonymous ? (DateTimeOffset?)null : at }, ct) == 1;

    // Selecting from Customers makes another tenant's customer, and one who is gone, insert nothing.
    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO SurveyInvitations (TenantId, Id, SurveyId, CustomerId, Channel, State, Cause, EventId, EventType, SourceId, AboutKind, AboutId, AgentId, TeamId, FindingsText, DueAt, CreatedAt)
        SELECT c.TenantId, @Id, @SurveyId, c.Id, @Channel, 1, @Cause, @EventId, CAST(@EventType AS NVARCHAR(100)), CAST(@SourceId AS NVARCHAR(40)), CAST(@AboutKind AS NVARCHAR(20)), @AboutId, @AgentId, @TeamId, '[]', @DueAt, @Now
        FROM Customers c
        WHERE c.TenantId = @TenantId
          AND c.Id = @CustomerId
          AND NOT EXISTS (SELECT 1 FROM SurveyInvitations e WHERE e.TenantId = @TenantId AND e.SurveyId = @SurveyId AND e.EventId = @EventId AND e.CustomerId = @CustomerId)
        """);

    private static readonly TenantSql Decide = TenantSql.Of("""
        UPDATE SurveyInvitations
        SET State = @State, Code = @Code, FindingsText = @FindingsText, Version = @Version, MessageId = @MessageId, SentAt = @SentAt, ExpiresAt = @ExpiresAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND State = 1
        """);

    private static readonly TenantSql Undo = TenantSql.Of("""
        UPDATE SurveyInvitations
        SET State = 4, Code = @Code, SentAt = NULL
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND State = 2
        """);

    private static readonly TenantSql Answer = TenantSql.Of("""
        UPDATE SurveyInvitations
        SET State = 3, AnsweredAt = @AnsweredAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND State = 2
          AND ExpiresAt > @Now
        """);
}

/// <summary>What an invitation was when it was handed to its channel.</summary>
internal sealed record SentInvitation(int Version, Id<Messages.Message>? MessageId, DateTimeOffset At, DateTimeOffset ExpiresAt);
