using CustomerCrm.Customers.Identities;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Customers;

/// <summary>
/// Writes and takes back many customers at once, for imports: the rows and nothing else. No event each, and the search finds them once
/// <see cref="Searching.IndexImported"/> has run; whoever calls this queues it. Inside the caller's transaction.
/// </summary>
internal sealed class CustomerLoad(TenantDb db, RecordTouches touches)
{
    /// <exception cref="DuplicateKeyException">An identity is somebody's: nothing of the transaction may be kept.</exception>
    public async Task AddAsync(IReadOnlyList<LoadedCustomer> customers, CancellationToken ct)
    {
        await db.InsertManyAsync(CustomerWriter.Insert, [.. customers.Select(c => c.Row)], ct);
        await db.InsertManyAsync(IdentityWriter.Insert, [.. customers.SelectMany(c => c.Identities)], ct);
    }

    /// <summary>Takes back those of some hundred customers whom nobody touched since: who would lose nothing but what came with them.</summary>
    /// <param name="ids">The customers.</param>
    /// <param name="maker">Who made them.</param>
    /// <param name="withTags">All their tags came with them; else a tag is somebody's work.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Those who stay.</returns>
    public async Task<IReadOnlySet<Id<Customer>>> TakeBackAsync(IReadOnlyCollection<Id<Customer>> ids, Actor maker, bool withTags, CancellationToken ct)
    {
        var touched = (await touches.AmongAsync(CustomerRecord.Kind, [.. ids.Select(id => id.ToBytes())], maker, leftOut: withTags ? ["CustomerTags"] : [], ct))
            .Select(id => Id<Customer>.FromBytes(id)).ToHashSet();
        await db.ExecuteAsync(Delete.And(Condition.In("Id", ids.Except(touched).Select(id => (object?)id.ToBytes()))), null, ct);
        return touched;
    }

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM Customers WHERE TenantId = @TenantId");
}

/// <summary>A customer as the rows that will be written, made before the transaction begins.</summary>
internal sealed record LoadedCustomer(Customer Customer, object Row, IReadOnlyList<object> Identities)
{
    public static LoadedCustomer Of(CustomerProfile profile, IReadOnlyList<NewIdentity> identities, DateTimeOffset now)
    {
        var customer = CustomerWriter.NewOf(profile, identities, now);
        return new LoadedCustomer(customer, CustomerWriter.RowOf(customer), [.. identities.Select(i => IdentityWriter.RowOf(customer.Id, Id<Identity>.New(), i, now))]);
    }
}
