using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;

namespace CustomerCrm.Customers.Identities;

/// <summary>Reads the identities of a description; asks for the tenant's country only where a phone number needs one.</summary>
internal sealed class IdentityReader(CurrentSettings settings)
{
    private const string NeedsCountry = "phone_needs_country";

    /// <exception cref="ApiProblem">422, naming everything that cannot be read.</exception>
    public async Task<IReadOnlyList<NewIdentity>> ReadAsync(CustomerDetails details, string pointer, CancellationToken ct)
    {
        var country = details.Country.Or(null);
        var (identities, errors) = IdentityList.Read(details, country, pointer);
        if (errors.Any(e => e.Code == NeedsCountry) && await TenantCountryAsync(ct) is { } tenants)
            (identities, errors) = IdentityList.Read(details, tenants, pointer);
        return errors.Count == 0 ? identities : throw ApiProblem.Invalid(errors);
    }

    /// <exception cref="ApiProblem">422: not an identity of its kind.</exception>
    public async Task<NewIdentity> ReadOneAsync(IdentityDetails details, string? country, CancellationToken ct)
    {
        var reading = Identifier.Read(details.Kind!.Value, details.Source, details.Value, country);
        if (reading.Code == NeedsCountry && await TenantCountryAsync(ct) is { } tenants)
            reading = Identifier.Read(details.Kind.Value, details.Source, details.Value, tenants);
        return reading.IsValid
            ? new NewIdentity(reading.Value, details.IsVerified, details.IsPrimary)
            : throw ApiProblem.Invalid(IdentityList.MemberOf(reading), reading.Code, reading.Detail);
    }

    /// <returns>The region of the tenant's locale: AT of de-AT. Null where it has none.</returns>
    public async Task<string?> TenantCountryAsync(CancellationToken ct)
    {
        var locale = (await settings.GetAsync(ct)).Locale;
        return locale.Split('-').Skip(1).FirstOrDefault(part => part.Length == 2)?.ToUpperInvariant();
    }
}
