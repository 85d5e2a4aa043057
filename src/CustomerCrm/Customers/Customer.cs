using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Customers;

/// <summary>A person the tenant sells to or talks with (a contact, elsewhere). What finds them again are their identities.</summary>
public record Customer : IHasId, IVersioned
{
    public static string Prefix => "cus";

    /// <summary>What a statement reads of it.</summary>
    internal const string Columns = """
        c.Id, c.Name, c.FirstName, c.LastName, c.Email, c.Phone, c.Company, c.BirthDate, c.Language, c.TimeZone,
        c.Country, c.Region, c.City, c.PostalCode, c.Address, c.FirstSeenAt, c.LastSeenAt, c.CltvMinor, c.Revision, c.CreatedAt, c.UpdatedAt,
        (SELECT x.Text FROM CustomerFields x WHERE x.TenantId = c.TenantId AND x.CustomerId = c.Id) AS CustomFieldsText
        """;

    public required Id<Customer> Id { get; init; }
    public string? Name { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }

    /// <summary>The primary e-mail address, as it was given; the others are among the identities.</summary>
    public string? Email { get; init; }

    /// <summary>The primary phone number in E.164.</summary>
    public string? Phone { get; init; }

    public string? Company { get; init; }
    public DateOnly? BirthDate { get; init; }

    /// <summary>A BCP 47 tag: <c>de-AT</c>.</summary>
    public string? Language { get; init; }

    /// <summary>An IANA time zone: <c>Europe/Vienna</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>An ISO 3166-1 code of two capitals.</summary>
    public string? Country { get; init; }

    public string? Region { get; init; }
    public string? City { get; init; }
    public string? PostalCode { get; init; }
    public string? Address { get; init; }

    /// <summary>When the first interaction or order happened.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }

    /// <summary>When the latest interaction or order happened; while there is none, when the customer was created.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>
    /// What the coming twelve months are expected to be worth, discounted, by the last published fit of the lifetime models; in
    /// minor units of the tenant's currency, 0 while there is none.
    /// </summary>
    public long CltvMinor { get; init; }

    /// <summary>The values of the tenant's own fields, by their names; <c>GET /v1/metadata</c> says which there are.</summary>
    /// <example>{"loyalty_tier":"gold","renews_on":"2030-06-30"}</example>
    public CustomFieldValues CustomFields { get; init; } = CustomFieldValues.None;

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the profile or an identity changed last; being seen is not an update.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string? CustomFieldsText { init => CustomFields = CustomFieldValues.Of(value); }
}
