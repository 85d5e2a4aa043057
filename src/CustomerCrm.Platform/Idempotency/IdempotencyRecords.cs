using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Idempotency;

/// <summary>What was answered under which key, written in the transaction of the effect itself and kept for a day.</summary>
internal sealed class IdempotencyRecords(TenantDb db, TimeProvider clock)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <returns>The answer that was given before; null when the key is now ours.</returns>
    /// <exception cref="ApiProblem">422: the key was used for another request.</exception>
    public async Task<Answer?> ClaimAsync(IdempotencyKey key, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var claim = new { Key = key.StoredAs, key.Fingerprint, CreatedAt = now };
        while (true)
        {
            try
            {
                await db.ExecuteAsync(Claim, claim, InFlight.Patience, ct);
                return null;
            }
            catch (ApiProblem busy) when (busy.Status == StatusCodes.Status503ServiceUnavailable)
            {
                throw InFlight.StillRunning(); // another process holds the key; this insert waited at its lock
            }
            catch (DuplicateKeyException)
            {
                var before = await db.FindAsync<Row>(ByKey, new { Key = key.StoredAs }, ct);
                if (before is { Status: null }) throw InFlight.StillRunning();
                if (before is not null && before.CreatedAt > now - KeptFor) return Replay(before, key);
                await db.ExecuteAsync(Forget, new { Key = key.StoredAs }, ct); // a day old: a new request
            }
        }
    }

    public Task SaveAsync(IdempotencyKey key, Answer answer, CancellationToken ct) => db.ExecuteAsync(Save, new
    {
        Key = key.StoredAs,
        answer.Status,
        Headers = JsonSerializer.Serialize(answer.Headers),
        answer.Body,
    }, ct);

    private static Answer Replay(Row before, IdempotencyKey key) => before.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint)
        ? new Answer(before.Status!.Value, JsonSerializer.Deserialize<Dictionary<string, string>>(before.Headers!)!, before.Body!)
        : throw ApiProblem.Other(422, "idempotency_key_reused", "This Idempotency-Key was used for another request. Use a new key for a new request.");

    private sealed record Row
    {
        public required byte[] Fingerprint { get; init; }
        public required int? Status { get; init; }
        public required string? Headers { get; init; }
        public required byte[]? Body { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
    }

    private static readonly TenantSql Claim = TenantSql.Of("""
        INSERT INTO IdempotencyRecords (TenantId, [Key], Fingerprint, CreatedAt)
        VALUES (@TenantId, @Key, @Fingerprint, @CreatedAt)
        """);

    private static readonly TenantSql ByKey = TenantSql.Of("""
        SELECT Fingerprint, Status, Headers, Body, CreatedAt
        FROM IdempotencyRecords
        WHERE TenantId = @TenantId AND [Key] = @Key
        """);

    private static readonly TenantSql Forget = TenantSql.Of("""
        DELETE FROM IdempotencyRecords
        WHERE TenantId = @TenantId AND [Key] = @Key
        """);

    private static readonly TenantSql Save = TenantSql.Of("""
        UPDATE IdempotencyRecords
        SET Status = @Status, Headers = @Headers, Body = @Body
        WHERE TenantId = @TenantId AND [Key] = @Key
        """);
}
