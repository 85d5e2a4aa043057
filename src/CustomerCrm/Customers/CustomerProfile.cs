using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Platform.Json;
using CustomerCrm.Tenant;

namespace CustomerCrm.Customers;

/// <summary>What can be said of a customer. A member that is absent says nothing; null clears it.</summary>
public abstract record CustomerProfile
{
    /// <summary>The name to show. Where none is given, first and last name make one.</summary>
    [StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }
    [StringLength(100, MinimumLength = 1)] public Change<string> FirstName { get; init; }
    [StringLength(100, MinimumLength = 1)] public Change<string> LastName { get; init; }
    [StringLength(200, MinimumLength = 1)] public Change<string> Company { get; init; }
    [BirthDate] public Change<DateOnly?> BirthDate { get; init; }

    /// <summary>A BCP 47 tag: <c>de-AT</c>. Its case does not count; it is kept as RFC 5646 recommends to write it.</summary>
    [LanguageTag, StringLength(35)] public Change<string> Language { get; init; }

    /// <summary>An IANA time zone: <c>Europe/Vienna</c>.</summary>
    [TimeZoneName, StringLength(64)] public Change<string> TimeZone { get; init; }

    /// <summary>ISO 3166-1, two capitals. Also the country of a phone number that is sent without one.</summary>
    [CountryCode] public Change<string> Country { get; init; }

    [StringLength(100, MinimumLength = 1)] public Change<string> Region { get; init; }
    [StringLength(100, MinimumLength = 1)] public Change<string> City { get; init; }
    [StringLength(20, MinimumLength = 1)] public Change<string> PostalCode { get; init; }

    /// <summary>Street and number, in as many lines as it takes.</summary>
    [StringLength(300, MinimumLength = 1)] public Change<string> Address { get; init; }

    /// <summary>The values of the tenant's own fields: those that are not named stay, null clears.</summary>
    /// <example>{"loyalty_tier":"gold","renews_on":"2030-06-30"}</example>
    [MaxLength(200)] public Change<IReadOnlyDictionary<string, JsonElement>> CustomFields { get; init; }

    internal Customer ApplyTo(Customer customer)
    {
        var (first, last) = (FirstName.Or(customer.FirstName), LastName.Or(customer.LastName));
        return customer with
        {
            Name = Name.IsSet
                ? CustomerName.Of(Name.Value, first, last)
                : CustomerName.AfterPartsChanged(customer.Name, customer.FirstName, customer.LastName, first, last),
            FirstName = first,
            LastName = last,
            Company = Company.Or(customer.Company),
            BirthDate = BirthDate.Or(customer.BirthDate),
            Language = Language.IsSet ? LocaleTag.Of(Language.Value) : customer.Language,
            TimeZone = TimeZone.Or(customer.TimeZone),
            Country = Country.Or(customer.Country),
            Region = Region.Or(customer.Region),
            City = City.Or(customer.City),
            PostalCode = PostalCode.Or(customer.PostalCode),
            Address = Address.Or(customer.Address),
        };
    }
}
