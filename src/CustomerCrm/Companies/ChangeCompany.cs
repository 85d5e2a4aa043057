using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Companies;

/// <summary>PATCH /companies/{company_id}: what is said changes, the rest stays.</summary>
public static class ChangeCompany
{
    public sealed record Request : CompanyProfile;

    internal static async Task<Company> Handle(
        [FromRoute(Name = "company_id")] Id<Company> companyId, Request request, IfMatch ifMatch, EditConflicts conflicts, CompanyReader reader, CompanyWriter writer, CancellationToken ct)
    {
        var current = await reader.FindAsync(companyId, ct);
        await conflicts.CheckAsync(ifMatch, companyId, current.Revision, request, ct);
        return await writer.ChangeAsync(current, request, CompanyIdentities.Read(request), ct);
    }
}
