using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Customers.Identities;

/// <summary>
/// Writes identities and keeps one primary identity of each kind. A customer is held before its identities change, so that
/// two writers take turns.
/// </summary>
internal sealed class IdentityWriter(TenantDb db, PrimaryCopies copies, FieldHistory history, EventLog events, TimeProvider clock)
{
    /// <exception cref="DuplicateKeyException">It is somebody's already.</exception>
    /// <exception cref="ApiProblem">404: there is no such customer.</exception>
    public async Task<Identity> AddAsync(Id<Customer> customerId, NewIdentity wanted, CancellationToken ct)
    {
        var held = await copies.HoldAsync(customerId, ct);
        var others = await OfAsync(customerId, ct);
        var isFirst = others.All(i => i.Kind != wanted.Identifier.Kind);
        if (wanted.IsPrimary && !isFirst) await DemoteAsync(customerId, wanted.Identifier.Kind, ct);

        var added = await InsertAsync(customerId, wanted with { IsPrimary = wanted.IsPrimary || isFirst }, ct);
        await copies.CopyAsync(held, ct);
        await TellAsync(added, customerId, null, added, ct);
        events.Record("identity.added", added, customerId.Value);
        return added;
    }

    /// <summary>The bare row, for a customer who is just being created.</summary>
    public async Task<Identity> InsertAsync(Id<Customer> customerId, NewIdentity wanted, CancellationToken ct)
    {
        var (now, of) = (clock.GetUtcNow(), wanted.Identifier);
        var identity = new Identity
        {
            Id = Id<Identity>.New(),
            CustomerId = customerId,
            Kind = of.Kind,
            Source = of.Source.Length == 0 ? null : of.Source,
            Value = of.Value,
            IsVerified = wanted.IsVerified,
            IsPrimary = wanted.IsPrimary,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await db.ExecuteAsync(Insert, RowOf(customerId, identity.Id, wanted, now), ct);
        return identity;
    }

    /// <summary>What <see cref="Insert"/> takes.</summary>
    internal static object RowOf(Id<Customer> customerId, Id<Identity> id, NewIdentity wanted, DateTimeOffset now) => new
    {
        Id = id,
        CustomerId = customerId,
        wanted.Identifier.Kind,
        wanted.Identifier.Source,
        wanted.Identifier.Value,
        ValueKey = wanted.Identifier.KeyBytes,
        wanted.IsVerified,
        wanted.IsPrimary,
        Revision = 1,
        CreatedAt = now,
        UpdatedAt = now,
    };

    public async Task<Identity> ChangeAsync(Identity current, bool isVerified, bool isPrimary, CancellationToken ct)
    {
        if ((isVerified, isPrimary) == (current.IsVerified, current.IsPrimary)) return current;
        return await ChangeAsync(await copies.HoldAsync(current.CustomerId, ct), current, isVerified, isPrimary, ct);
    }

    /// <summary>Of a customer who is held already.</summary>
    public async Task<Identity> ChangeAsync(PrimaryCopies.Held held, Identity current, bool isVerified, bool isPrimary, CancellationToken ct)
    {
        if (isPrimary && !current.IsPrimary) await DemoteAsync(current.CustomerId, current.Kind, ct);
        var changed = await WriteAsync(current, current with { IsVerified = isVerified, IsPrimary = isPrimary }, ct);
        await copies.CopyAsync(held, ct);
        events.Record("identity.updated", changed, current.CustomerId.Value);
        return changed;
    }

    /// <summary>It becomes another customer's, and primary there only if it is the first of its kind.</summary>
    public async Task<Identity> MoveAsync(Identity current, Id<Customer> to, CancellationToken ct)
    {
        var from = current.CustomerId;
        var held = new List<PrimaryCopies.Held>();
        foreach (var customer in new[] { from, to }.OrderBy(c => c.ToString(), StringComparer.Ordinal)) held.Add(await copies.HoldAsync(customer, ct)); // in one order: no deadlock
        var isFirst = (await OfAsync(to, ct)).All(i => i.Kind != current.Kind);

        var moved = await WriteAsync(current, current with { CustomerId = to, IsPrimary = isFirst }, ct);
        await SucceedAsync(current, ct);
        foreach (var customer in held) await copies.CopyAsync(customer, ct);
        foreach (var customer in held) await history.RecordAsync(moved.Id, customer.Id.Value, moved.Revision, [new FieldDifference("customer_id", $"\"{from}\"", $"\"{to}\"")], ct);
        var data = new IdentityMoved { FromCustomerId = from, ToCustomerId = to, Identity = moved };
        events.Record("identity.moved", data, from.Value);
        events.Record("identity.moved", data, to.Value);
        return moved;
    }

    public async Task RemoveAsync(Identity current, CancellationToken ct)
    {
        var held = await copies.HoldAsync(current.CustomerId, ct);
        if (await db.ExecuteAsync(Delete, new { current.Id, current.Revision }, ct) == 0) throw ApiProblem.PreconditionFailed();
        await SucceedAsync(current, ct);
        await copies.CopyAsync(held, ct);
        await TellAsync(current, current.CustomerId, current, null, ct);
        events.Record("identity.removed", current, current.CustomerId.Value);
    }

    /// <summary>Not all of a customer's identities came back from the bin: each kind has a primary one again, and the copies are true.</summary>
    public async Task MendPrimariesAsync(Id<Customer> customerId, CancellationToken ct)
    {
        var held = await copies.HoldAsync(customerId, ct);
        foreach (var kind in (await OfAsync(customerId, ct)).GroupBy(i => i.Kind).Where(kind => !kind.Any(i => i.IsPrimary)))
            await WriteAsync(PrimaryIdentity.Among(kind)!, PrimaryIdentity.Among(kind)! with { IsPrimary = true }, ct);
        await copies.CopyAsync(held, ct);
    }

    // Of an identity that comes or goes, its value is what there is to tell.
    private Task TellAsync(Identity of, Id<Customer> customerId, Identity? before, Identity? after, CancellationToken ct) =>
        history.RecordAsync(of.Id, customerId.Value, (after ?? before)!.Revision, [new FieldDifference("value", FieldDifference.Json(before?.Value), FieldDifference.Json(after?.Value))], ct);

    private async Task<Identity> WriteAsync(Identity current, Identity wanted, CancellationToken ct)
    {
        var changed = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, changed, ct) == 0) throw ApiProblem.PreconditionFailed();
        if (changed.CustomerId == current.CustomerId) await history.RecordAsync(changed.Id, changed.CustomerId.Value, changed.Revision, current, changed, ct);
        return changed;
    }

    private async Task SucceedAsync(Identity gone, CancellationToken ct)
    {
        if (!gone.IsPrimary || PrimaryIdentity.After(gone, await OfAsync(gone.CustomerId, ct)) is not { } heir) return;
        var promoted = await WriteAsync(heir, heir with { IsPrimary = true }, ct);
        events.Record("identity.updated", promoted, promoted.CustomerId.Value);
    }

    private async Task DemoteAsync(Id<Customer> customerId, IdentityKind kind, CancellationToken ct)
    {
        foreach (var primary in (await OfAsync(customerId, ct)).Where(i => i.Kind == kind && i.IsPrimary))
            events.Record("identity.updated", await WriteAsync(primary, primary with { IsPrimary = false }, ct), customerId.Value);
    }

    private Task<IReadOnlyList<Identity>> OfAsync(Id<Customer> customerId, CancellationToken ct) =>
        db.QueryAsync<Identity>(OfCustomer, new { CustomerId = customerId }, ct);

    internal static readonly TenantSql OfCustomer = TenantSql.Of("""
        SELECT i.Id, i.CustomerId, i.Kind, NULLIF(i.Source, '') AS Source, i.Value, i.IsVerified, i.IsPrimary, i.Revision, i.CreatedAt, i.UpdatedAt
        FROM Identities i
        WHERE i.TenantId = @TenantId
          AND i.CustomerId = @CustomerId
        ORDER BY i.CreatedAt, i.Id
        """);

    internal static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Identities (TenantId, Id, CustomerId, Kind, Source, Value, ValueKey, IsVerified, IsPrimary, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @CustomerId, @Kind, @Source, @Value, @ValueKey, @IsVerified, @IsPrimary, @Revision, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Identities
        SET CustomerId = @CustomerId, IsVerified = @IsVerified, IsPrimary = @IsPrimary, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM Identities
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);
}

/// <summary>The data of <c>identity.moved</c>, which both customers hear.</summary>
public sealed record IdentityMoved
{
    public required Id<Customer> FromCustomerId { get; init; }
    public required Id<Customer> ToCustomerId { get; init; }
    public required Identity Identity { get; init; }
}
