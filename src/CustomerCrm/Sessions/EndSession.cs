using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Sessions;

/// <summary>DELETE /sessions/{session_id} and /sessions/current: signs out, here or elsewhere. Refused from the answer on.</summary>
internal static class EndSession
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "session_id")] Id<Session> sessionId, Caller caller, KeyChanges changes, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var ended = await db.ExecuteAsync(End, new { SessionId = sessionId, UserId = caller.User!.UserId.ToByteArray(bigEndian: true), Now = clock.GetUtcNow() }, ct);
        if (ended == 0) throw ApiProblem.NotFound("session");
        changes.Announce(sessionId.Value);
        return TypedResults.NoContent();
    }

    internal static Task<NoContent> Current(Caller caller, KeyChanges changes, TenantDb db, TimeProvider clock, CancellationToken ct) =>
        Handle(new Id<Session>(caller.KeyId), caller, changes, db, clock, ct);

    private static readonly TenantSql End = TenantSql.Of("""
        UPDATE Sessions
        SET EndedAt = @Now
        WHERE TenantId = @TenantId
          AND UserId = @UserId
          AND Id = @SessionId
          AND EndedAt IS NULL
          AND ExpiresAt > @Now
        """);
}
