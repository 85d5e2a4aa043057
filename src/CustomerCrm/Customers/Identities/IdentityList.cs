using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Customers.Identities;

/// <summary>An identity that somebody is to have.</summary>
internal sealed record NewIdentity(Identifier Identifier, bool IsVerified = false, bool IsPrimary = false)
{
    /// <summary>It was said that it is the primary one; else that is only so because none of its kind was said to be.</summary>
    public bool IsStatedPrimary { get; init; }

    /// <summary>Something was said of it beyond its value. A flag that is not set says nothing.</summary>
    public bool SaysMore => IsVerified || IsStatedPrimary;
}

/// <summary>All identities of one description, whichever way they are stated: each once, one primary for each kind.</summary>
internal static class IdentityList
{
    /// <param name="details">What was sent.</param>
    /// <param name="country">For phone numbers without a country calling code.</param>
    /// <param name="pointer">Where in the body it stands.</param>
    public static (IReadOnlyList<NewIdentity> Identities, IReadOnlyList<FieldError> Errors) Read(CustomerDetails details, string? country, string pointer)
    {
        var (found, errors) = (new List<NewIdentity>(), new List<FieldError>());
        foreach (var (at, reading, isVerified, isPrimary) in Stated(details, country))
        {
            if (reading.IsValid) found.Add(new NewIdentity(reading.Value, isVerified, isPrimary) { IsStatedPrimary = isPrimary });
            else errors.Add(new FieldError(pointer + at, reading.Code, reading.Detail));
        }

        if (found.DistinctBy(f => f.Identifier.Kind).Count() == found.Count) return (found.ConvertAll(only => only with { IsPrimary = true }), errors);

        var once = found.GroupBy(f => f.Identifier).Select(same => new NewIdentity(same.Key, same.Any(s => s.IsVerified), same.Any(s => s.IsPrimary)) { IsStatedPrimary = same.Any(s => s.IsPrimary) }).ToList();
        if (once.Where(i => i.IsPrimary).GroupBy(i => i.Identifier.Kind).Any(kind => kind.Count() > 1))
            errors.Add(new FieldError($"{pointer}/identities", "two_primary", "Only one identity of a kind can be the primary one."));
        return (WithPrimaries(once), errors);
    }

    /// <summary>Which member of an identity is wrong, where it cannot be read.</summary>
    public static string MemberOf(Reading<Identifier> refused) => refused.Code.StartsWith("source", StringComparison.Ordinal) ? "/source" : "/value";

    private static IEnumerable<(string At, Reading<Identifier> Reading, bool IsVerified, bool IsPrimary)> Stated(CustomerDetails details, string? country)
    {
        if (details.Email is { } email) yield return ("/email", Identifier.Email(email), false, false);
        if (details.Phone is { } phone) yield return ("/phone", Identifier.Phone(phone, country), false, false);
        foreach (var (i, external) in (details.ExternalIds ?? []).Index())
            yield return ($"/external_ids/{i}", Identifier.External(external.Source, external.Id), false, false);
        foreach (var (i, one) in (details.Identities ?? []).Index())
        {
            var reading = Identifier.Read(one.Kind!.Value, one.Source, one.Value, country);
            yield return ($"/identities/{i}{MemberOf(reading)}", reading, one.IsVerified, one.IsPrimary);
        }
    }

    // The first of a kind is the primary one, unless another says it is.
    private static List<NewIdentity> WithPrimaries(List<NewIdentity> identities) =>
    [
        .. identities
            .GroupBy(i => i.Identifier.Kind)
            .SelectMany(kind => kind.Any(i => i.IsPrimary) ? kind : kind.Select((identity, n) => identity with { IsPrimary = n == 0 })),
    ];
}
