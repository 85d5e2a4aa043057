using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Companies;

/// <summary>What can be said of a company. A member that is absent says nothing; null clears it.</summary>
public abstract record CompanyProfile
{
    /// <summary>A new company needs one.</summary>
    /// <example>Analytical Engines</example>
    [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }

    /// <summary>All domains anew. A web address will do; each is one company's only.</summary>
    /// <example>["engines.example"]</example>
    [MaxLength(20)] public Change<IReadOnlyList<string>> Domains { get; init; }

    /// <summary>All external ids anew, at most one in each source.</summary>
    [MaxLength(20)] public Change<IReadOnlyList<CompanyExternalId>> ExternalIds { get; init; }

    /// <example>Mechanical engineering</example>
    [StringLength(100, MinimumLength = 1)] public Change<string> Industry { get; init; }

    [Range(0, 10_000_000)] public Change<int?> Employees { get; init; }
    [StringLength(40, MinimumLength = 1)] public Change<string> Phone { get; init; }

    /// <example>https://engines.example</example>
    [StringLength(2000, MinimumLength = 1), WebAddress] public Change<string> Website { get; init; }

    /// <example>ATU12345678</example>
    [StringLength(50, MinimumLength = 1)] public Change<string> TaxNumber { get; init; }

    /// <summary>ISO 3166-1, two capitals.</summary>
    [CountryCode] public Change<string> Country { get; init; }

    [StringLength(100, MinimumLength = 1)] public Change<string> Region { get; init; }
    [StringLength(100, MinimumLength = 1)] public Change<string> City { get; init; }
    [StringLength(20, MinimumLength = 1)] public Change<string> PostalCode { get; init; }
    [StringLength(300, MinimumLength = 1)] public Change<string> Address { get; init; }
    [StringLength(2000, MinimumLength = 1)] public Change<string> Description { get; init; }

    /// <summary>Values of the tenant's own fields, by their names. Those that are not named stay, null clears.</summary>
    /// <example>{"contract":"yearly"}</example>
    [MaxLength(200)] public Change<IReadOnlyDictionary<string, JsonElement>> CustomFields { get; init; }

    /// <param name="company">As it is.</param>
    /// <param name="identities">What this says of domains and external ids, read.</param>
    /// <param name="fields">The tenant's own fields, with what this says of them.</param>
    internal Company ApplyTo(Company company, CompanyIdentities identities, CustomFieldValues fields) => company with
    {
        Name = Name.Or(company.Name)!.Trim(),
        Domains = identities.Domains ?? company.Domains,
        ExternalIds = identities.ExternalIds ?? company.ExternalIds,
        Industry = Industry.Or(company.Industry),
        Employees = Employees.Or(company.Employees),
        Phone = Phone.Or(company.Phone),
        Website = Website.Or(company.Website),
        TaxNumber = TaxNumber.Or(company.TaxNumber),
        Country = Country.Or(company.Country),
        Region = Region.Or(company.Region),
        City = City.Or(company.City),
        PostalCode = PostalCode.Or(company.PostalCode),
        Address = Address.Or(company.Address),
        Description = Description.Or(company.Description),
        CustomFields = fields,
    };
}
