using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tickets.Presence;

/// <summary>Who has a ticket before them now. What nobody renews within a minute is over; old rows go when somebody looks in next.</summary>
internal sealed class TicketPresence(TenantDb db, Caller caller, TimeProvider clock)
{
    internal const int MostShown = 50;
    internal static readonly TimeSpan Lasts = TimeSpan.FromSeconds(60);

    /// <summary>The others, those who are editing first; of whoever asks with a key, all.</summary>
    public Task<IReadOnlyList<TicketViewer>> OthersAsync(Id<Ticket> ticketId, CancellationToken ct) =>
        db.QueryTopAsync<TicketViewer>(Others, MostShown, new { TicketId = ticketId, UserId = Myself ?? [], Now = clock.GetUtcNow() }, ct);

    public async Task BeatAsync(Id<Ticket> ticketId, ViewerState state, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var row = new { TicketId = ticketId, UserId = Myself, State = state, Now = now, ExpiresAt = now + Lasts };
        if (await db.ExecuteAsync(Renew, row, ct) > 0) return;
        await db.ExecuteAsync(Forget, row, ct);
        await db.ExecuteAsync(Begin, row, ct);
    }

    public Task EndAsync(Id<Ticket> ticketId, CancellationToken ct) => db.ExecuteAsync(End, new { TicketId = ticketId, UserId = Myself }, ct);

    private byte[]? Myself => caller.User?.UserId.ToByteArray(bigEndian: true);

    private static readonly TenantSql Others = TenantSql.Of("""
        SELECT v.UserId, u.Name, v.State, v.Since, v.ExpiresAt
        FROM TicketViewers v
        JOIN Users u ON u.TenantId = v.TenantId AND u.Id = v.UserId
        WHERE v.TenantId = @TenantId
          AND v.TicketId = @TicketId
          AND v.UserId <> @UserId
          AND v.ExpiresAt > @Now
        ORDER BY v.State DESC, v.Since, v.UserId
        """);

    private static readonly TenantSql Renew = TenantSql.Of("""
        UPDATE TicketViewers
        SET Since = CASE WHEN State = @State AND ExpiresAt > @Now THEN Since ELSE @Now END, State = @State, ExpiresAt = @ExpiresAt
        WHERE TenantId = @TenantId
          AND TicketId = @TicketId
          AND UserId = @UserId
        """);

    private static readonly TenantSql Forget = TenantSql.Of("""
        DELETE FROM TicketViewers
        WHERE TenantId = @TenantId
          AND ExpiresAt <= @Now
        """);

    private static readonly TenantSql Begin = TenantSql.Of("""
        INSERT INTO TicketViewers (TenantId, TicketId, UserId, State, Since, ExpiresAt)
        VALUES (@TenantId, @TicketId, @UserId, @State, @Now, @ExpiresAt)
        """);

    private static readonly TenantSql End = TenantSql.Of("DELETE FROM TicketViewers WHERE TenantId = @TenantId AND TicketId = @TicketId AND UserId = @UserId");
}
