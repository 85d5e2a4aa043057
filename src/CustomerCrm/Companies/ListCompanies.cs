using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Customers.Searching;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Companies;

/// <summary>GET /companies</summary>
internal static class ListCompanies
{
    internal static async Task<Page<Company>> Handle(ListQuery query, string? q, CompanySearch search, TenantDb db, CompanyReader reader, CancellationToken ct)
    {
        var found = q is null ? null : await search.FindAsync(q, ct);
        var list = found is null ? List : (found.AreFew ? Found : List).Where(found.Condition);
        var page = await list.ReadAsync(query, db, found?.Ranges, ct);
        return page with { Data = await reader.AttachAsync(page.Data, ct) };
    }

    // CROSS JOIN, because SQLite keeps its order: first what is found, then its rows.
    private static readonly TenantSql MatchingFound = TenantSql.Of($"""
        SELECT {Company.Columns}
        FROM (
            SELECT w.CompanyId
            FROM CompanyWords w
            WHERE w.TenantId = @TenantId AND w.Word >= @WordFrom AND w.Word < @WordTo
            UNION
            SELECT d.CompanyId
            FROM CompanyDomains d
            WHERE d.TenantId = @TenantId AND d.DomainKey >= @DomainFrom AND d.DomainKey < @DomainTo
        ) m
        CROSS JOIN Companies c
        WHERE c.TenantId = @TenantId
          AND c.Id = m.CompanyId
        """);

    internal static readonly ListOf<Company> List = Of(CompanyReader.Matching);
    private static readonly ListOf<Company> Found = Of(MatchingFound);

    private static ListOf<Company> Of(TenantSql matching) => ListOf<Company>
        .From(matching, "c.Id", company => company.Id.ToBytes())
        .SortedBy("created_at", "c.CreatedAt", company => company.CreatedAt, isDescending: true)
        .SortedBy("updated_at", "c.UpdatedAt", company => company.UpdatedAt)
        .SortedBy("name", "c.NameKey", company => NameKey.Of(company.Name))
        .SortedBy("spend", "c.SpendMinor", company => company.SpendMinor)
        .FilteredBy("created_at", "c.CreatedAt", FilterType.Time, Operators.Range)
        .FilteredBy("updated_at", "c.UpdatedAt", FilterType.Time, Operators.Range)
        .FilteredBy("spend_minor", "c.SpendMinor", FilterType.Integer, Operators.Range)
        .FilteredBy("country", "c.Country", FilterType.Text(2, "AT"), Operators.Equal | Operators.In)
        .FilteredBy("industry", "c.Industry", FilterType.Text(100, "Retail"), Operators.Equal | Operators.In)
        .FilteredBy("name", "starts_with", NamePrefix.Type("ana"), "Only companies whose name begins with this text; case and accents do not count.", NameStartsWith)
        .FilteredBy("domain", "eq", FilterType.Text(253, "engines.example") with { Read = CompanyIdentities.DomainOf }, "Only the company that has this domain.", HasDomain)
        .FilteredBy("external_id", "eq", FilterType.Text(301, "erp:1042") with { Read = ExternalOf }, "Only the company that has this external id: the source, a colon and the id.", HasExternalId)
        .WithOwn(new ListedFields<Company>(CompanyFields.Owner, CompanyReader.MatchingByValue, company => company.CustomFields));

    // A name's key holds letters, digits and spaces only: nothing to escape.
    private static Condition NameStartsWith(object value)
    {
        var key = (string)value;
        return Condition.OfEach(sqlServer: "c.NameKey LIKE {0}", sqlite: "c.NameKey >= {1} AND c.NameKey < {2}", $"{key}%", key, NamePrefix.EndOf(key));
    }

    private static Condition HasDomain(object domain) => Condition.Of(
        "c.Id = (SELECT i.CompanyId FROM CompanyDomains i WHERE i.TenantId = @TenantId AND i.DomainKey = {0})", CompanyReader.KeyOf((string)domain));

    private static Condition HasExternalId(object value)
    {
        var external = (CompanyExternalId)value;
        return Condition.Of("c.Id = (SELECT i.CompanyId FROM CompanyExternalIds i WHERE i.TenantId = @TenantId AND i.ExternalKey = {0} AND i.Source = {1})",
            CompanyReader.KeyOf(external), external.Source);
    }

    private static CompanyExternalId? ExternalOf(string text) => text.Split(':', 2) is [var source, var id] ? CompanyIdentities.External(source, id) : null;
}
