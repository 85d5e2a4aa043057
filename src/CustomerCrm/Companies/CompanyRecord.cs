using CustomerCrm.Companies.People;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Companies;

/// <summary>A company as it goes into the bin, and what is to be done when it is back.</summary>
internal sealed class CompanyRecord(CompanyReader reader, PeopleWriter people, EventLog events) : IRestored
{
    public static RecordKind RecordKind { get; } = new("company", Company.Prefix,
    [
        new("Companies", "Id") { Resource = "company" },
        new("CompanyDomains", "CompanyId") { IsOfItself = true, Resource = "domain", KnownBy = "Domain" },
        new("CompanyExternalIds", "CompanyId") { IsOfItself = true, Resource = "external_id", KnownBy = "ExternalId" },
        new("CompanyWords", "CompanyId") { IsOfItself = true },
        new("CompanyFields", "CompanyId") { IsOfItself = true },
        new("CompanyFieldValues", "CompanyId") { IsOfItself = true, PointsTo = new Dictionary<string, string> { ["FieldId"] = "CustomFields" } },
        new("CompanyPeople", "CompanyId") { Resource = "person", Yields = "IsPrimary", PointsTo = new Dictionary<string, string> { ["CustomerId"] = "Customers" } },
        new("Notes", "CompanyId") { Resource = "note", PointsTo = new Dictionary<string, string> { ["CustomerId"] = "Customers" } },
    ]);

    public string Kind => RecordKind.Name;

    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        var companyId = new Id<Company>(recordId);
        await people.ReturnAllAsync(companyId, ct);
        events.Record("company.restored", await reader.FindAsync(companyId, ct));
    }
}
