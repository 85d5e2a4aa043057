using CustomerCrm.CustomFields.Owners;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Customers.Searching;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Tenant;

namespace CustomerCrm.Customers;

/// <summary>
/// GET /v1/customers. Every order and every filter goes through an index, also among a million.
/// </summary>
internal static class ListCustomers
{
    internal static async Task<Page<Customer>> Handle(ListQuery query, string? q, CustomerSearch search, TenantDb db, CancellationToken ct)
    {
        if (q is null) return await List.ReadAsync(query, db, null, ct);
        var found = await search.FindAsync(q, ct);
        return await (found.AreFew ? Found : List).Where(found.Condition).ReadAsync(query, db, found.Ranges, ct);
    }

    private static readonly TenantSql Matching = TenantSql.Of($"""
        SELECT {Customer.Columns}
        FROM Customers c
        WHERE c.TenantId = @TenantId
        """);

    // CROSS JOIN, because SQLite keeps its order: first who is found, then their rows.
    private static readonly TenantSql MatchingFound = TenantSql.Of($"""
        SELECT {Customer.Columns}
        FROM (
            SELECT w.CustomerId
            FROM CustomerWords w
            WHERE w.TenantId = @TenantId AND w.Word >= @WordFrom AND w.Word < @WordTo
            UNION
            SELECT e.CustomerId
            FROM Identities e
            WHERE e.TenantId = @TenantId AND e.Kind = 1 AND e.Source = '' AND e.ValueKey >= @EmailFrom AND e.ValueKey < @EmailTo
            UNION
            SELECT p.CustomerId
            FROM Identities p
            WHERE p.TenantId = @TenantId AND p.Kind = 2 AND p.Source = '' AND p.ValueKey >= @PhoneFrom AND p.ValueKey < @PhoneTo
            UNION
            SELECT n.CustomerId
            FROM Identities n
            WHERE n.TenantId = @TenantId AND n.Kind = 2 AND n.Source = '' AND n.ValueKey >= @NationalFrom AND n.ValueKey < @NationalTo
        ) m
        CROSS JOIN Customers c
        WHERE c.TenantId = @TenantId
          AND c.Id = m.CustomerId
        """);

    // Likewise: first who has the value.
    private static readonly TenantSql MatchingByValue = TenantSql.Of($"""
        SELECT {Customer.Columns}
        FROM CustomerFieldValues v
        CROSS JOIN Customers c
        WHERE v.TenantId = @TenantId
          AND c.TenantId = @TenantId
          AND c.Id = v.CustomerId
        """);

    private static readonly TenantSql TaggedRows = TenantSql.Of("SELECT 1 FROM CustomerTags v WHERE v.TenantId = @TenantId");

    private static readonly TenantSql MatchingByTag = TenantSql.Of($"""
        SELECT {Customer.Columns}
        FROM CustomerTags v
        CROSS JOIN Customers c
        WHERE v.TenantId = @TenantId
          AND c.TenantId = @TenantId
          AND c.Id = v.CustomerId
        """);

    private static readonly ListStart begunByTag = new(TaggedRows, MatchingByTag, name => Condition.Of(
        "v.TagId = (SELECT t.Id FROM Tags t WHERE t.TenantId = @TenantId AND t.NameKey = {0} AND t.DeletedAt IS NULL)", FieldKey.Beginning((string)name)));

    private static readonly TenantSql Alike = TenantSql.Of("SELECT 1 FROM Customers v WHERE v.TenantId = @TenantId");

    private static readonly TenantSql MatchingAlike = TenantSql.Of($"""
        SELECT {Customer.Columns}
        FROM Customers v
        CROSS JOIN Customers c
        WHERE v.TenantId = @TenantId
          AND c.TenantId = @TenantId
          AND c.Id = v.Id
        """);

    private static readonly ListStart begunByCountry = new(Alike, MatchingAlike, country => Condition.Of("v.Country = {0}", country)) { HasOneEach = true };
    private static readonly ListStart begunByLanguage = new(Alike, MatchingAlike, language => Condition.Of("v.Language = {0}", language)) { HasOneEach = true };

    internal static readonly ListOf<Customer> List = Of(Matching);
    private static readonly ListOf<Customer> Found = Of(MatchingFound);

    private static ListOf<Customer> Of(TenantSql matching) => ListOf<Customer>
        .From(matching, "c.Id", customer => customer.Id.ToBytes())
        .SortedBy("created_at", "c.CreatedAt", customer => customer.CreatedAt, isDescending: true)
        .SortedBy("updated_at", "c.UpdatedAt", customer => customer.UpdatedAt)
        .SortedBy("last_seen_at", "c.LastSeenAt", customer => customer.LastSeenAt)
        .SortedBy("cltv", "c.CltvMinor", customer => customer.CltvMinor)
        .SortedBy("name", "c.NameKey", customer => NameKey.Of(customer.Name))
        .FilteredBy("created_at", "c.CreatedAt", FilterType.Time, Operators.Range)
        .FilteredBy("updated_at", "c.UpdatedAt", FilterType.Time, Operators.Range)
        .FilteredBy("last_seen_at", "c.LastSeenAt", FilterType.Time, Operators.Range)
        .FilteredBy("cltv", "c.CltvMinor", FilterType.Integer, Operators.Range)
        .FilteredBy("country", "c.Country", FilterType.Text(2, "AT"), Operators.Equal | Operators.In, begunByCountry)
        .FilteredBy("language", "c.Language", LocaleTag.Filter(35, "de-AT"), Operators.Equal | Operators.In, begunByLanguage)
        .FilteredBy("name", "starts_with", NamePrefix.Type("ana"), "Only customers whose name begins with this text; case and accents do not count.", NameStartsWith)
        .FilteredBy("email", "eq", AddressOf("ana@example.com", Identifier.Email), "Only the customer who has this e-mail address, primary or not.", HasIdentity)
        .FilteredBy("phone", "eq", AddressOf("+4312345678", text => Identifier.Phone(text, country: null)), "Only the customer who has this phone number (E.164), primary or not.", HasIdentity)
        .FilteredBy("external_id", "eq", AddressOf("shop:1042", External), "Only the customer who has this external id: the source, a colon and the id.", HasIdentity)
        .FilteredBy("tag", "eq", FilterType.Text(50, "VIP"), takesMany: false, "Only those with this tag; case does not count.", Tagged, begunByTag)
        .FilteredBy("tag", "in", FilterType.Text(50, "VIP"), takesMany: true, "Only those with one of these tags, with commas between.", Tagged, begunByTag)
        .WithOwn(new ListedFields<Customer>(CustomerFields.Owner, MatchingByValue, customer => customer.CustomFields));

    // A name's key holds letters, digits and spaces only: nothing to escape.
    private static Condition NameStartsWith(object value)
    {
        var key = (string)value;
        return Condition.OfEach(sqlServer: "c.NameKey LIKE {0}", sqlite: "c.NameKey >= {1} AND c.NameKey < {2}", $"{key}%", key, NamePrefix.EndOf(key));
    }

    private static Condition Tagged(object[] names) => Condition.Any(names.Select(name => Condition.Of("""
        EXISTS (SELECT 1 FROM CustomerTags g
                WHERE g.TenantId = c.TenantId AND g.CustomerId = c.Id
                  AND g.TagId = (SELECT t.Id FROM Tags t WHERE t.TenantId = @TenantId AND t.NameKey = {0} AND t.DeletedAt IS NULL))
        """, FieldKey.Beginning((string)name))));

    private static Condition HasIdentity(object value)
    {
        var identifier = (Identifier)value;
        return Condition.Of("""
            c.Id = (SELECT i.CustomerId FROM Identities i
                    WHERE i.TenantId = @TenantId AND i.Kind = {0} AND i.Source = {1} AND i.ValueKey = {2})
            """, (int)identifier.Kind, identifier.Source, identifier.KeyBytes);
    }

    private static FilterType AddressOf(string example, Func<string, Reading<Identifier>> read) => FilterType.Text(320, example) with { Read = text => read(text).Value };

    private static Reading<Identifier> External(string text) =>
        text.Split(':', 2) is [var source, var id] ? Identifier.External(source, id) : Reading<Identifier>.Refused("external_id_invalid", "source:id");
}
