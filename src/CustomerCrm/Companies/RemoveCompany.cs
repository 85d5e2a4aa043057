using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Companies;

/// <summary>DELETE /companies/{company_id}: its people stay, and so do their orders.</summary>
internal static class RemoveCompany
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "company_id")] Id<Company> companyId, IfMatch ifMatch, EditConflicts conflicts, CompanyReader reader, CompanyWriter writer, CancellationToken ct)
    {
        var current = await reader.FindAsync(companyId, ct);
        await conflicts.CheckAsync(ifMatch, companyId, current.Revision, change: null, ct);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
