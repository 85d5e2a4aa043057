using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Searching;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Customers;

/// <summary>GET /v1/customers. Every filter and order goes through an index, also among a million.</summary>
internal static class ListCustomers
{
    internal static async Task<Page<Customer>> Handle(ListQuery query, string? q, CustomerSearch search, TenantDb db, CancellationToken ct) =>
        await (q is null ? List : List.Where(await search.ConditionOfAsync(q, ct))).ReadAsync(query, db, null, ct);

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT c.Id, c.Name, c.FirstName, c.LastName, c.Email, c.Phone, c.Company, c.BirthDate, c.Language, c.TimeZone, c.Country,
            c.Region, c.City, c.PostalCode, c.Address, c.FirstSeenAt, c.LastSeenAt, c.Revision, c.CreatedAt, c.UpdatedAt
        FROM Customers c
        WHERE c.TenantId = @TenantId
        """);

    internal static readonly ListOf<Customer> List = ListOf<Customer>
        .From(Matching, "c.Id", customer => customer.Id.ToBytes())
        .SortedBy("created_at", "c.CreatedAt", customer => customer.CreatedAt, isDescending: true)
        .SortedBy("updated_at", "c.UpdatedAt", customer => customer.UpdatedAt)
        .SortedBy("last_seen_at", "c.LastSeenAt", customer => customer.LastSeenAt)
        .SortedBy("name", "c.NameKey", customer => NameKey.Of(customer.Name))
        .FilteredBy("id", "c.Id", FilterType.IdOf<Customer>(), Operators.In)
        .FilteredBy("created_at", "c.CreatedAt", FilterType.Time, Operators.Range)
        .FilteredBy("updated_at", "c.UpdatedAt", FilterType.Time, Operators.Range)
        .FilteredBy("last_seen_at", "c.LastSeenAt", FilterType.Time, Operators.Range)
        .FilteredBy("country", "c.Country", FilterType.Text(2, "AT"), Operators.Equal | Operators.In)
        .FilteredBy("language", "c.Language", FilterType.Text(35, "de-AT"), Operators.Equal | Operators.In)
        .FilteredBy("name", "starts_with", FilterType.Text(200, "ana"), "Only customers whose name begins with this text; case and accents do not count.", NameStartsWith)
        .FilteredBy("email", "eq", AddressOf("ana@example.com", text => Identifier.Email(text)), "Only the customer who has this e-mail address, primary or not.", HasIdentity)
        .FilteredBy("phone", "eq", AddressOf("+4312345678", text => Identifier.Phone(text, country: null)), "Only the customer who has this phone number (E.164), primary or not.", HasIdentity)
        .FilteredBy("external_id", "eq", AddressOf("shop:1042", External), "Only the customer who has this external id: the source, a colon and the id.", HasIdentity);

    // A name's key holds letters, digits and spaces only: nothing to escape.
    private static Condition NameStartsWith(object value)
    {
        var key = NameKey.Of((string)value);
        return Condition.OfEach(sqlServer: "c.NameKey LIKE {0}", sqlite: "c.NameKey >= {1} AND c.NameKey < {2}", $"{key}%", key, key + char.MaxValue);
    }

    private static Condition HasIdentity(object value)
    {
        var identifier = (Identifier)value;
        return Condition.Of("""
            c.Id IN (SELECT i.CustomerId FROM Identities i
                     WHERE i.TenantId = @TenantId AND i.Kind = {0} AND i.Source = {1} AND i.ValueKey = {2})
            """, (int)identifier.Kind, identifier.Source, identifier.KeyBytes);
    }

    private static FilterType AddressOf(string example, Func<string, Reading<Identifier>> read) => FilterType.Text(320, example) with { Read = text => read(text).Value };

    private static Reading<Identifier> External(string text) =>
        text.Split(':', 2) is [var source, var id] ? Identifier.External(source, id) : Reading<Identifier>.Refused("external_id_invalid", "source:id");
}
