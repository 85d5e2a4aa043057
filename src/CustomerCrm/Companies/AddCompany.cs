using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Companies;

/// <summary>POST /companies: a new company, unless a domain or an external id is another one's already: then 409 says whose.</summary>
public static class AddCompany
{
    public sealed record Request : CompanyProfile;

    internal static async Task<Created<Company>> Handle(Request request, CompanyWriter writer, CancellationToken ct)
    {
        var company = await writer.AddAsync(request, CompanyIdentities.Read(request), ct);
        return TypedResults.Created($"/v1/companies/{company.Id}", company);
    }
}
