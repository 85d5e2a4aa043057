using System.Text;

namespace CustomerCrm.Customers.Identities.Forms;

/// <summary>
/// Something a customer can be recognised by, in the form in which it is compared. Two identifiers are one identity
/// if their kind, source and key are equal.
/// </summary>
public sealed record Identifier
{
    private const int LongestSource = 100, LongestExternalId = 200, LongestHandle = 100;

    public required IdentityKind Kind { get; init; }

    /// <summary>Which shop or network it is of, lower case; empty for e-mail and phone.</summary>
    public required string Source { get; init; }

    /// <summary>As people should see it: the address as given, the number in E.164.</summary>
    public required string Value { get; init; }

    public required string Key { get; init; }

    /// <summary>As it is stored and looked up.</summary>
    public byte[] KeyBytes => Encoding.UTF8.GetBytes(Key);

    public bool Equals(Identifier? other) => other is not null && (Kind, Source, Key) == (other.Kind, other.Source, other.Key);
    public override int GetHashCode() => (Kind, Source, Key).GetHashCode();

    public static Reading<Identifier> Email(string text)
    {
        var email = EmailAddress.Read(text);
        return email.IsValid ? Of(IdentityKind.Email, "", email.Value.Text, email.Value.Key) : Reading<Identifier>.Refused(email.Code, email.Detail);
    }

    /// <param name="text">In any usual form.</param>
    /// <param name="country">For numbers without a country calling code.</param>
    public static Reading<Identifier> Phone(string text, string? country)
    {
        var phone = PhoneNumber.Read(text, country);
        return phone.IsValid ? Of(IdentityKind.Phone, "", phone.Value.E164, phone.Value.E164) : Reading<Identifier>.Refused(phone.Code, phone.Detail);
    }

    /// <summary>Upper and lower case differ in the id, not in the source.</summary>
    public static Reading<Identifier> External(string? source, string id)
    {
        if (SourceOf(source) is not { } name) return BadSource();
        var value = id.Trim();
        return value.Length is > 0 and <= LongestExternalId
            ? Of(IdentityKind.External, name, value, value)
            : Reading<Identifier>.Refused("external_id_invalid", $"An external id has 1 to {LongestExternalId} characters.");
    }

    /// <summary><c>@Ana.Shop</c> and <c>ana.shop</c> are the same.</summary>
    public static Reading<Identifier> Social(string? source, string handle)
    {
        if (SourceOf(source) is not { } name) return BadSource();
        var value = handle.Trim().TrimStart('@');
        return value.Length is > 0 and <= LongestHandle && !value.Any(c => char.IsWhiteSpace(c) || c is '@' or '/')
            ? Of(IdentityKind.Social, name, value, value.ToLowerInvariant())
            : Reading<Identifier>.Refused("handle_invalid", $"A handle has 1 to {LongestHandle} characters, without spaces, @ and /.");
    }

    public static Reading<Identifier> Read(IdentityKind kind, string? source, string value, string? country) => kind switch
    {
        IdentityKind.Email or IdentityKind.Phone when !string.IsNullOrEmpty(source) =>
            Reading<Identifier>.Refused("source_unexpected", "An e-mail address and a phone number have no source."),
        IdentityKind.Email => Email(value),
        IdentityKind.Phone => Phone(value, country),
        IdentityKind.External => External(source, value),
        _ => Social(source, value),
    };

    /// <summary>Lower case; letters, digits and _ . - only. Null for what is no source.</summary>
    public static string? SourceOf(string? text)
    {
        var source = text?.Trim().ToLowerInvariant() ?? "";
        return source.Length is > 0 and <= LongestSource && source.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') ? source : null;
    }

    private static Reading<Identifier> Of(IdentityKind kind, string source, string value, string key) =>
        Reading<Identifier>.Of(new Identifier { Kind = kind, Source = source, Value = value, Key = key });

    private static Reading<Identifier> BadSource() =>
        Reading<Identifier>.Refused("source_invalid", $"A source has 1 to {LongestSource} letters, digits, _ . or -.");
}
