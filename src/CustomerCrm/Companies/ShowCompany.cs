using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Companies;

internal static class ShowCompany
{
    internal static Task<Company> Handle([FromRoute(Name = "company_id")] Id<Company> companyId, CompanyReader reader, CancellationToken ct) => reader.FindAsync(companyId, ct);

    /// <summary>GET /companies/by-external-id/{source}/{external_id}</summary>
    internal static async Task<Company> ByExternalId(string source, [FromRoute(Name = "external_id")] string externalId, CompanyReader reader, CancellationToken ct)
    {
        if (CompanyIdentities.External(source, externalId) is not { } external || await reader.FindIdAsync(external, ct) is not { } companyId) throw ApiProblem.NotFound("company");
        return await reader.FindAsync(companyId, ct);
    }
}
