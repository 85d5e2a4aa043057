using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Storefronts.News;

/// <summary>What both platforms say of a customer, as the API is told it: what cannot be read of it is left out, rather than the customer.</summary>
internal sealed record ShopCustomer
{
    public string? ExternalId { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Company { get; init; }

    /// <summary>ISO 3166-1.</summary>
    public string? Country { get; init; }

    public string? Region { get; init; }
    public string? City { get; init; }
    public string? PostalCode { get; init; }
    public string? Address { get; init; }

    /// <summary>Whether there is anything to recognise them by.</summary>
    public bool IsSomebody(string? country) => ExternalId is not null || EmailOrNone is not null || PhoneOrNone(country) is not null;

    /// <param name="source">The storefront's.</param>
    /// <param name="country">The tenant's, for phone numbers.</param>
    /// <param name="guest">An external id for somebody of whom nothing else is known.</param>
    public CustomerDetails ToDetails(string source, string? country, string? guest = null)
    {
        var externalId = ExternalId ?? (IsSomebody(country) ? null : guest);
        return new CustomerDetails
        {
            Email = EmailOrNone,
            Phone = PhoneOrNone(country),
            ExternalIds = externalId is null ? null : [new CustomerDetails.ExternalId { Source = source, Id = externalId }],
            FirstName = Said(FirstName, 100),
            LastName = Said(LastName, 100),
            Company = Said(Company, 200),
            Country = CountryOrNone is { } known ? new Change<string>(known) : default,
            Region = Said(Region, 100),
            City = Said(City, 100),
            PostalCode = Said(PostalCode, 20),
            Address = Said(Address, 300),
        };
    }

    /// <summary>The members of an address, which both platforms name alike.</summary>
    public static ShopCustomer OfAddress(JsonElement? address, string country, string region, string postalCode) => address is not { } at ? new() : new()
    {
        FirstName = ShopJson.Text(at, "first_name", 100),
        LastName = ShopJson.Text(at, "last_name", 100),
        Company = ShopJson.Text(at, "company"),
        Country = ShopJson.Text(at, country, 2)?.ToUpperInvariant(),
        Region = ShopJson.Text(at, region, 100),
        City = ShopJson.Text(at, "city", 100),
        PostalCode = ShopJson.Text(at, postalCode, 20),
        Address = ShopJson.Text(at, "address_1", 300) ?? ShopJson.Text(at, "address1", 300),
        Email = ShopJson.Text(at, "email", 254),
        Phone = ShopJson.Text(at, "phone", 40),
    };

    private string? EmailOrNone => Email is not null && Identifier.Email(Email).IsValid ? Email : null;

    private string? PhoneOrNone(string? country) => Phone is not null && Identifier.Phone(Phone, CountryOrNone ?? country).IsValid ? Phone : null;

    private string? CountryOrNone => Country is not null && CallingCodes.OfCountry(Country) is not null ? Country : null;

    // What the shop does not know, it does not take away.
    private static Change<string> Said(string? text, int longest) => text is null ? default : new Change<string>(text.Beginning(longest));
}
