using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Companies;

/// <summary>PUT /companies/by-external-id/{source}/{external_id}: another system states its company, new or known, as often as it likes.</summary>
public static class UpsertCompany
{
    public sealed record Request : CompanyProfile
    {
        /// <summary>Where the external id is new but a domain is one company's: true gives that company the id, false answers 409.</summary>
        public bool LinksExisting { get; init; }
    }

    internal static async Task<IResult> Handle(
        string source, [FromRoute(Name = "external_id")] string externalId, Request request, IfMatch ifMatch,
        EditConflicts conflicts, CompanyReader reader, CompanyOwners owners, CompanyWriter writer, CancellationToken ct)
    {
        var external = CompanyIdentities.External(source, externalId) ?? throw ApiProblem.BadRequest("external_id_invalid", "The path does not hold a source and an external id.");
        var (isNew, company) = await StateAsync(external, request, request.LinksExisting, ifMatch, conflicts, reader, owners, writer, ct);
        return isNew ? TypedResults.Created($"/v1/companies/{company.Id}", company) : TypedResults.Ok(company);
    }

    /// <exception cref="ApiProblem">409: what is stated is not all one company's. 422: it cannot be read, or a new company has no name.</exception>
    internal static async Task<(bool IsNew, Company Company)> StateAsync(
        CompanyExternalId external, CompanyProfile profile, bool linksExisting, IfMatch? ifMatch,
        EditConflicts conflicts, CompanyReader reader, CompanyOwners owners, CompanyWriter writer, CancellationToken ct)
    {
        var stated = CompanyIdentities.Read(profile);
        var known = await reader.FindIdAsync(external, ct);
        if (known is null && linksExisting && (await owners.FindAsync(stated, ct)).Select(o => o.CompanyId).Distinct().ToArray() is [var linked]) known = linked;
        if (known is { } companyId)
        {
            var current = await reader.FindAsync(companyId, ct);
            if (ifMatch is not null) await conflicts.CheckAsync(ifMatch, companyId, current.Revision, profile, ct);
            return (false, await writer.ChangeAsync(current, profile, stated.With(external, current.ExternalIds), ct));
        }
        ifMatch?.CheckAbsent();
        return (true, await writer.AddAsync(profile, stated.With(external, []), ct));
    }
}
