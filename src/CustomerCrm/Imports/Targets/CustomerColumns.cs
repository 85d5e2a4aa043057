using System.Globalization;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Imports.Targets;

/// <summary>What columns can be written into of a customer, and how a customer's fields are compared.</summary>
internal static class CustomerColumns
{
    private const string Email = "email", Phone = "phone", ExternalId = "external_id", Social = "social", Country = "country";

    private static readonly (ImportField Field, Func<Customer, string?> Of)[] profile =
    [
        (Text("name", "fullname", "displayname", "kunde", "kundenname", "customer", "customername", "nombre", "nom", "nomcomplet", "vollstandigername"), c => c.Name),
        (Text("first_name", "firstname", "givenname", "vorname", "prenom", "nombredepila", "forename"), c => c.FirstName),
        (Text("last_name", "lastname", "surname", "familyname", "nachname", "familienname", "apellido", "apellidos", "nomdefamille"), c => c.LastName),
        (Text("company", "organisation", "organization", "firma", "unternehmen", "empresa", "societe", "companyname"), c => c.Company),
        (Text("birth_date", "birthdate", "birthday", "dateofbirth", "dob", "geburtstag", "geburtsdatum", "fechadenacimiento", "datedenaissance") with { Form = FieldForm.Day },
            c => c.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        (Text("language", "lang", "sprache", "locale", "idioma", "langue"), c => c.Language),
        (Text("time_zone", "timezone", "zeitzone"), c => c.TimeZone),
        (Text(Country, "countrycode", "countryregion", "land", "landercode", "pais", "pays"), c => c.Country),
        (Text("region", "state", "stateregion", "province", "provincecode", "bundesland", "provincia"), c => c.Region),
        (Text("city", "town", "ort", "stadt", "wohnort", "ciudad", "ville"), c => c.City),
        (Text("postal_code", "postalcode", "zip", "zipcode", "postcode", "plz", "postleitzahl", "codigopostal", "codepostal"), c => c.PostalCode),
        (Text("address", "street", "streetaddress", "address1", "addressline1", "strasse", "adresse", "anschrift", "direccion"), c => c.Address),
    ];

    public static IReadOnlyList<ImportField> All { get; } =
    [
        new(Email, FieldForm.Text, "emailaddress", "mail", "mailaddress", "emailadresse", "correo", "correoelectronico", "courriel") { TakesMany = true, Looks = cell => Identifier.Email(cell).IsValid },
        new(Phone, FieldForm.Text, "phonenumber", "telephone", "tel", "telefon", "telefonnummer", "mobile", "mobilephone", "mobil", "handy", "handynummer", "telefono", "portable") { TakesMany = true, Looks = cell => cell.StartsWith('+') && Identifier.Phone(cell, country: null).IsValid },
        new(ExternalId, FieldForm.Text, "id", "customerid", "customernumber", "customerno", "kundennummer", "kundennr", "kundenid", "clientid", "contactid", "shopifyid", "recordid", "externalid") { TakesMany = true, NeedsSource = true, WrittenInto = "external_ids" },
        new(Social, FieldForm.Text) { TakesMany = true, NeedsSource = true, WrittenInto = "identities" },
        .. profile.Select(p => p.Field),
    ];

    public static FieldError? WhatLacks(IReadOnlyList<ColumnMapping> mapping) =>
        mapping.Any(m => m.Field is Email or Phone or ExternalId or Social) ? null
            : new FieldError("/mapping", "identity_needed", "A column must say who is meant: email, phone, external_id or social.");

    /// <summary>The first e-mail address and phone number as such, everything else that recognises somebody among external ids and identities.</summary>
    public static void Compose(Utf8JsonWriter json, IReadOnlyList<(RowReading.Place Place, string? Value)> cells)
    {
        json.WriteStartObject();
        var (first, more) = (new HashSet<string>(), new List<(RowReading.Place Place, string Value)>());
        foreach (var (place, value) in cells)
        {
            var name = place.Field.Name;
            if (value is not null && (name is Social || (name is Email or Phone && !first.Add(name)))) more.Add((place, value));
            else if (name is not ExternalId && !OwnColumns.IsOne(place.Field) && place.Field != TagChanges.Column) RowReading.Write(json, name, place.Field.Form, name is Country ? CountryNames.CodeOf(value) : value);
        }
        OwnColumns.Write(json, cells);
        json.WriteStartArray("external_ids");
        foreach (var (place, value) in cells.Where(c => c.Place.Field.Name is ExternalId))
        {
            json.WriteStartObject();
            json.WriteString("source", place.Mapping.Source);
            json.WriteString("id", value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("identities");
        foreach (var (place, value) in more)
        {
            json.WriteStartObject();
            json.WriteString("kind", place.Field.Name);
            if (place.Field.NeedsSource) json.WriteString("source", place.Mapping.Source);
            json.WriteString("value", value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Field by field; of nobody, everything that is known.</summary>
    public static IEnumerable<FieldChange> Differences(Customer? from, Customer to) =>
        from field in profile
        let before = @from is null ? null : field.Of(@from)
        let after = field.Of(to)
        where before != after
        select new FieldChange { Field = field.Field.Name, From = before, To = after };

    public static FieldChange Added(Identifier identity) => new() { Field = NameOf(identity.Kind, identity.Source), To = identity.Value };

    /// <summary><c>email</c>, <c>external_id:shop</c>.</summary>
    public static string NameOf(IdentityKind kind, string? source) => kind switch
    {
        IdentityKind.Email => Email,
        IdentityKind.Phone => Phone,
        IdentityKind.External => $"{ExternalId}:{source}",
        _ => $"{Social}:{source}",
    };

    /// <summary>Null for what is an identity and no field of the profile.</summary>
    public static string? ValueOf(Customer customer, string field, out bool isProfile)
    {
        if (OwnColumns.ValueOf(customer.CustomFields, field, out isProfile) is var own && isProfile) return own;
        var at = Array.FindIndex(profile, p => p.Field.Name == field);
        isProfile = at >= 0;
        return isProfile ? profile[at].Of(customer) : null;
    }

    private static ImportField Text(string name, params string[] synonyms) => new(name, FieldForm.Text, synonyms) { IsClearable = true };
}
