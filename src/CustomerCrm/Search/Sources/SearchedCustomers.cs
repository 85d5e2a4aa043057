using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Search.Sources;

/// <summary>Customers as the search reads them: by name and company, and by all their identities.</summary>
internal sealed class SearchedCustomers(TenantDb db) : ISearched
{
    public SearchKind Kind => SearchKind.Customer;

    public async Task<IReadOnlyList<SearchDocument>> ReadAsync(IReadOnlyCollection<byte[]> keys, CancellationToken ct)
    {
        var customers = await db.QueryAsync<Row>(Named.And(Condition.In("c.Id", keys)), null, ct);
        var identities = (await db.QueryAsync<Known>(KnownBy.And(Condition.In("i.CustomerId", keys)), null, ct)).ToLookup(i => i.CustomerId);
        return [.. customers.Select(c => ToDocument(c, identities[c.Id]))];
    }

    public Task<IReadOnlyList<byte[]>> UnindexedAsync(byte[] after, int most, CancellationToken ct) => db.QueryTopAsync<byte[]>(Unindexed, most, new { After = after }, ct);

    private static SearchDocument ToDocument(Row customer, IEnumerable<Known> identities) => new()
    {
        Kind = SearchKind.Customer,
        Key = customer.Id.ToBytes(),
        OwnerKey = customer.Id.ToBytes(),
        CustomerId = customer.Id,
        Id = customer.Id.ToString(),
        Title = customer.Name ?? customer.Email ?? customer.Phone,
        Titles = [new("name", customer.Name), new("first_name", customer.FirstName), new("last_name", customer.LastName), new("company", customer.Company)],
        Texts = [.. identities.Select(i => new SearchText("identity", i.Value, i.Kind == IdentityKind.Phone))],
        UpdatedAt = customer.UpdatedAt,
    };

    private sealed record Row
    {
        public required Id<Customer> Id { get; init; }
        public string? Name { get; init; }
        public string? FirstName { get; init; }
        public string? LastName { get; init; }
        public string? Company { get; init; }
        public string? Email { get; init; }
        public string? Phone { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }
    }

    private sealed record Known
    {
        public required Id<Customer> CustomerId { get; init; }
        public required IdentityKind Kind { get; init; }
        public required string Value { get; init; }
    }

    private static readonly TenantSql Named = TenantSql.Of("""
        SELECT c.Id, c.Name, c.FirstName, c.LastName, c.Company, c.Email, c.Phone, c.UpdatedAt
        FROM Customers c
        WHERE c.TenantId = @TenantId
        """);

    private static readonly TenantSql KnownBy = TenantSql.Of("""
        SELECT i.CustomerId, i.Kind, i.Value
        FROM Identities i
        WHERE i.TenantId = @TenantId
        """);

    private static readonly TenantSql Unindexed = TenantSql.Of("""
        SELECT c.Id
        FROM Customers c
        WHERE c.TenantId = @TenantId
          AND c.Id > @After
          AND NOT EXISTS (SELECT 1 FROM SearchDocuments d
                          WHERE d.TenantId = @TenantId AND d.Kind = 1 AND d.RecordKey = c.Id AND d.SourceUpdatedAt >= c.UpdatedAt)
        ORDER BY c.Id
        """);
}
