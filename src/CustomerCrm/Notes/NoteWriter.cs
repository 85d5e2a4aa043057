using CustomerCrm.Customers;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Notes;

/// <summary>Writes notes, in the name of whoever asks for it.</summary>
internal sealed class NoteWriter(TenantDb db, Caller caller, EventLog events, TimeProvider clock)
{
    private static readonly TimeSpan tolerance = TimeSpan.FromDays(1);

    /// <exception cref="ApiProblem">404: what it is of does not exist. 422: it is to be written in the future. Then nothing was written.</exception>
    public async Task<Note> AddAsync(WriteNote.Request request, CancellationToken ct)
    {
        var (now, author) = (clock.GetUtcNow(), caller.Actor);
        if (request.WrittenAt > now + tolerance) throw ApiProblem.Invalid("/written_at", "in_the_future", "A note has been written already.");
        var note = new Note
        {
            Id = Id<Note>.New(),
            CustomerId = await CustomerOfAsync(request, ct),
            CompanyId = request.CompanyId,
            OrderId = request.OrderId,
            Body = request.Body,
            IsPinned = request.IsPinned,
            AuthorKind = author.Kind,
            AuthorId = author.Id,
            AuthorName = author.Name,
            WrittenAt = request.WrittenAt ?? now,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await db.ExecuteAsync(Insert, new
        {
            note.Id, CustomerId = note.CustomerId?.ToBytes(), CompanyId = note.CompanyId?.ToBytes(), OrderId = note.OrderId?.ToBytes(), note.Body, note.IsPinned,
            note.AuthorKind, note.AuthorId, note.AuthorName, note.WrittenAt, Now = now,
        }, ct);
        events.Record("note.created", note, note.CustomerId?.Value);
        return note;
    }

    /// <returns>As it is now; the same revision if the changes change nothing.</returns>
    /// <exception cref="ApiProblem">412: somebody else changed it since it was read.</exception>
    public async Task<Note> ChangeAsync(Note current, Note wanted, CancellationToken ct)
    {
        if (wanted == current) return current;
        var changed = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, new { changed.Id, changed.Body, changed.IsPinned, changed.Revision, changed.UpdatedAt }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("note.updated", changed, changed.CustomerId?.Value);
        return changed;
    }

    public async Task RemoveAsync(Note current, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Delete, new { current.Id, current.Revision }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("note.deleted", current, current.CustomerId?.Value);
    }

    private async Task<Id<Customer>?> CustomerOfAsync(WriteNote.Request request, CancellationToken ct)
    {
        if (request.CompanyId is { } companyId)
            return await db.FindAsync<int?>(Company, new { CompanyId = companyId }, ct) is null ? throw ApiProblem.NotFound("company") : null;
        if (request.OrderId is { } orderId) return await db.FindAsync<Id<Customer>?>(CustomerOfOrder, new { OrderId = orderId }, ct) ?? throw ApiProblem.NotFound("order");
        return await db.FindAsync<Id<Customer>?>(Customer, new { CustomerId = request.CustomerId!.Value }, ct) ?? throw ApiProblem.NotFound("customer");
    }

    private static readonly TenantSql Customer = TenantSql.Of("SELECT c.Id FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");

    private static readonly TenantSql Company = TenantSql.Of("SELECT 1 FROM Companies c WHERE c.TenantId = @TenantId AND c.Id = @CompanyId");

    private static readonly TenantSql CustomerOfOrder = TenantSql.Of("SELECT o.CustomerId FROM Orders o WHERE o.TenantId = @TenantId AND o.Id = @OrderId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Notes (TenantId, Id, CustomerId, CompanyId, OrderId, Body, IsPinned, AuthorKind, AuthorId, AuthorName, WrittenAt, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @CustomerId, @CompanyId, @OrderId, @Body, @IsPinned, @AuthorKind, @AuthorId, @AuthorName, @WrittenAt, 1, @Now, @Now)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Notes
        SET Body = @Body, IsPinned = @IsPinned, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM Notes
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);
}
