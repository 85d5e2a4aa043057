using CustomerCrm.Customers.Identities;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Customers;

/// <summary>
/// Writes and takes back many customers at once, for imports: the rows and nothing else. No event each, and the search finds them once
/// <see cref="Searching.IndexImported"/> has run; whoever calls this queues it. Inside the caller's transaction.
/// </summary>
internal sealed class CustomerLoad(TenantDb db)
{
    /// <exception cref="DuplicateKeyException">An identity is somebody's: nothing of the transaction may be kept.</exception>
    public async Task AddAsync(IReadOnlyList<LoadedCustomer> customers, CancellationToken ct)
    {
        await db.InsertManyAsync(CustomerWriter.Insert, [.. customers.Select(c => c.Row)], ct);
        await db.InsertManyAsync(IdentityWriter.Insert, [.. customers.SelectMany(c => c.Identities)], ct);
    }

    /// <summary>Takes back those of some hundred customers who are still as they were written, of whom nothing is known since.</summary>
    /// <returns>Those who stay.</returns>
    public async Task<IReadOnlySet<Id<Customer>>> TakeBackAsync(IReadOnlyCollection<Id<Customer>> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return new HashSet<Id<Customer>>();
        var among = Condition.In("Id", ids.Select(id => (object?)id.ToBytes()));
        await db.ExecuteAsync(DeleteUntouched.And(among), null, ct);
        return (await db.QueryAsync<Id<Customer>>(Left.And(among), null, ct)).ToHashSet();
    }

    // Whatever happens to a customer changes the revision: a change, an order, an interaction, another identity.
    private static readonly TenantSql DeleteUntouched = TenantSql.Of("""
        DELETE FROM Customers
        WHERE TenantId = @TenantId
          AND Revision = 1
          AND FirstSeenAt IS NULL
        """);

    private static readonly TenantSql Left = TenantSql.Of("SELECT Id FROM Customers WHERE TenantId = @TenantId");
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
