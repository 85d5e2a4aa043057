using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Outbound;

namespace CustomerCrm.Messages.Sending;

/// <summary>Writes attempts: each before it begins, and what came of it.</summary>
internal sealed class AttemptLog(TenantDb db, TimeProvider clock)
{
    public Task<IReadOnlyList<MessageAttempt>> OfAsync(Id<Message> messageId, CancellationToken ct) => db.QueryAsync<MessageAttempt>(MessageAttempt.OfMessage, new { MessageId = messageId }, ct);

    public async Task<MessageAttempt> BeginAsync(Id<Message> messageId, int number, string provider, DateOnly day, CancellationToken ct)
    {
        var attempt = new MessageAttempt { Number = number, Provider = provider, StartedAt = clock.GetUtcNow(), Day = day };
        await db.ExecuteAsync(Insert, new { MessageId = messageId, attempt.Number, attempt.Provider, attempt.Day, attempt.StartedAt }, ct);
        return attempt;
    }

    /// <summary>What came of it. An outcome that was taken for unknown meanwhile is mended; one that is known stays.</summary>
    public Task FinishAsync(Id<Message> messageId, MessageAttempt attempt, SendOutcome outcome, CancellationToken ct) =>
        db.ExecuteAsync(Finish, new { MessageId = messageId, attempt.Number, FinishedAt = clock.GetUtcNow(), Result = MessageAttempt.Of(outcome.Result), outcome.Code }, ct);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO MessageAttempts (TenantId, MessageId, Number, Provider, Day, StartedAt)
        VALUES (@TenantId, @MessageId, @Number, @Provider, @Day, @StartedAt)
        """);

    private static readonly TenantSql Finish = TenantSql.Of("""
        UPDATE MessageAttempts
        SET FinishedAt = @FinishedAt, Result = @Result, Code = @Code
        WHERE TenantId = @TenantId
          AND MessageId = @MessageId
          AND Number = @Number
          AND (Result IS NULL OR Result = 4)
        """);
}
