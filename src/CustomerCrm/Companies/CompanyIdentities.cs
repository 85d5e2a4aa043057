using System.Globalization;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Companies;

/// <summary>What a description says of the domains and external ids of a company, as they are compared. Null: it says nothing of them.</summary>
internal sealed record CompanyIdentities(IReadOnlyList<string>? Domains, IReadOnlyList<CompanyExternalId>? ExternalIds)
{
    /// <summary>Pure.</summary>
    /// <exception cref="ApiProblem">422, naming everything that cannot be read.</exception>
    public static CompanyIdentities Read(CompanyProfile profile)
    {
        var errors = new List<FieldError>();
        var read = new CompanyIdentities(
            profile.Domains.IsSet ? DomainsOf(profile.Domains.Value ?? [], errors) : null,
            profile.ExternalIds.IsSet ? ExternalIdsOf(profile.ExternalIds.Value ?? [], errors) : null);
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
        return read;
    }

    /// <summary>The same with one more external id, unless it is among them.</summary>
    /// <exception cref="ApiProblem">422: another one of the same source is among them.</exception>
    public CompanyIdentities With(CompanyExternalId external, IReadOnlyList<CompanyExternalId> known)
    {
        var all = ExternalIds ?? known;
        if (all.Contains(external)) return this;
        return all.Any(id => id.Source == external.Source)
            ? throw ApiProblem.Invalid("/external_ids", "source_repeated", "The company has another id in this source.")
            : this with { ExternalIds = Sorted([.. all, external]) };
    }

    /// <summary>Null for what is no source or no id.</summary>
    public static CompanyExternalId? External(string source, string id) =>
        Identifier.External(source, id) is { IsValid: true, Value: var read } ? new CompanyExternalId { Source = read.Source, Id = read.Value } : null;

    /// <summary>The domain of a web address, whoever signs in there and at whichever port, or the domain itself. Null for what is neither.</summary>
    public static string? DomainOf(string text)
    {
        var host = text.Trim();
        var scheme = host.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0) host = host[(scheme + 3)..];
        host = host.Split('/', '?', '#')[0];
        if (scheme >= 0) host = host[(host.LastIndexOf('@') + 1)..];
        if (host.LastIndexOf(':') is var port and >= 0 && host[(port + 1)..].All(char.IsAsciiDigit)) host = host[..port];
        host = host.TrimEnd('.');
        if (host.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) host = host[4..];
        return host.Length == 0 ? null : DomainName.Read(host);
    }

    private static IReadOnlyList<string> DomainsOf(IReadOnlyList<string> texts, List<FieldError> errors)
    {
        var domains = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (i, text) in texts.Index())
            if (DomainOf(text) is { } domain) domains.Add(domain);
            else errors.Add(new FieldError(At("/domains", i), "domain_invalid", "Not a domain: give it as in example.com."));
        return [.. domains];
    }

    private static CompanyExternalId[] ExternalIdsOf(IReadOnlyList<CompanyExternalId> given, List<FieldError> errors)
    {
        var ids = new List<CompanyExternalId>();
        foreach (var (i, id) in given.Index())
        {
            var reading = Identifier.External(id.Source, id.Id);
            if (!reading.IsValid) errors.Add(new FieldError(At("/external_ids", i) + (reading.Code == "source_invalid" ? "/source" : "/id"), reading.Code, reading.Detail));
            else if (ids.Any(other => other.Source == reading.Value.Source)) errors.Add(new FieldError(At("/external_ids", i) + "/source", "source_repeated", "A company has one id in each source."));
            else ids.Add(new CompanyExternalId { Source = reading.Value.Source, Id = reading.Value.Value });
        }
        return Sorted(ids);
    }

    private static CompanyExternalId[] Sorted(IEnumerable<CompanyExternalId> ids) => [.. ids.OrderBy(id => id.Source, StringComparer.Ordinal)];

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}/{index}");
}
