using System.ComponentModel.DataAnnotations;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Companies;

/// <summary>An organisation that customers belong to.</summary>
public sealed record Company : IHasId, IVersioned
{
    public static string Prefix => "com";

    /// <summary>What a statement reads of it.</summary>
    internal const string Columns = """
        c.Id, c.Name, c.Industry, c.Employees, c.Phone, c.Website, c.TaxNumber, c.Country, c.Region, c.City, c.PostalCode, c.Address, c.Description,
        c.PeopleCount, c.OrderCount, c.SpendMinor, c.LeftOutCount, c.FirstOrderAt, c.LastOrderAt, c.Revision, c.CreatedAt, c.UpdatedAt,
        (SELECT x.Text FROM CompanyFields x WHERE x.TenantId = c.TenantId AND x.CompanyId = c.Id) AS CustomFieldsText
        """;

    public required Id<Company> Id { get; init; }

    /// <example>Analytical Engines</example>
    public required string Name { get; init; }

    /// <summary>The domains of its web site and e-mail addresses, each of this company only; in order of the alphabet.</summary>
    /// <example>["engines.example"]</example>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>What it is called in other systems, one id in each.</summary>
    public IReadOnlyList<CompanyExternalId> ExternalIds { get; init; } = [];

    /// <example>Mechanical engineering</example>
    public string? Industry { get; init; }

    public int? Employees { get; init; }
    public string? Phone { get; init; }

    /// <example>https://engines.example</example>
    public string? Website { get; init; }

    /// <example>ATU12345678</example>
    public string? TaxNumber { get; init; }

    /// <summary>An ISO 3166-1 code of two capitals.</summary>
    public string? Country { get; init; }

    public string? Region { get; init; }
    public string? City { get; init; }
    public string? PostalCode { get; init; }
    public string? Address { get; init; }
    public string? Description { get; init; }

    /// <summary>The values of the tenant's own fields, by their names; <c>GET /v1/metadata</c> says which there are.</summary>
    /// <example>{"contract":"yearly"}</example>
    public CustomFieldValues CustomFields { get; init; } = CustomFieldValues.None;

    /// <summary>Everyone who belongs to it.</summary>
    public int PeopleCount { get; init; }

    /// <summary>Counted orders of those for whom it is the primary company, so that companies add up. Seconds behind them.</summary>
    public int OrderCount { get; init; }

    /// <summary>Of those orders, in minor units of the tenant's currency.</summary>
    public long SpendMinor { get; init; }

    /// <summary>Those of them in other currencies without a rate: counted, but not in the spend.</summary>
    public int LeftOutCount { get; init; }

    public DateTimeOffset? FirstOrderAt { get; init; }
    public DateTimeOffset? LastOrderAt { get; init; }

    /// <summary>A change of the figures is a change of the company, too.</summary>
    public required int Revision { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of the profile, the domains or the external ids; figures that move are no update.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string? CustomFieldsText { init => CustomFields = CustomFieldValues.Of(value); }

    internal static bool SaySame(Company one, Company other) =>
        one.Domains.SequenceEqual(other.Domains) && one.ExternalIds.SequenceEqual(other.ExternalIds)
        && one with { Domains = [], ExternalIds = [] } == other with { Domains = [], ExternalIds = [] };
}

/// <summary>What a company is called in another system.</summary>
public sealed record CompanyExternalId
{
    /// <summary>Which system: <c>erp</c>. Lower case.</summary>
    [StringLength(100)] public required string Source { get; init; }

    [StringLength(200)] public required string Id { get; init; }
}
