using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Companies.People;

/// <summary>PUT /companies/{company_id}/people/{customer_id}: the customer belongs to the company, as stated.</summary>
public static class PutPerson
{
    public sealed record Request
    {
        /// <summary>What they do there, in the tenant's own words.</summary>
        /// <example>Head of purchasing</example>
        [StringLength(100, MinimumLength = 1)] public string? Role { get; init; }

        /// <summary>True makes it the customer's primary company, instead of the one that is. The first company is it anyway.</summary>
        public bool IsPrimary { get; init; }
    }

    internal static async Task<IResult> Handle(
        [FromRoute(Name = "company_id")] Id<Company> companyId, [FromRoute(Name = "customer_id")] Id<Customer> customerId, Request request, IfMatch ifMatch,
        CompanyReader companies, PeopleWriter people, CancellationToken ct)
    {
        await companies.CheckAsync(companyId, ct);
        var (isNew, person) = await people.PutAsync(companyId, customerId, request.Role, request.IsPrimary, ifMatch, ct);
        return isNew ? TypedResults.Created($"/v1/companies/{companyId}/people/{customerId}", person) : TypedResults.Ok(person);
    }

    /// <summary>GET /companies/{company_id}/people/{customer_id}</summary>
    internal static async Task<CompanyPerson> Show(
        [FromRoute(Name = "company_id")] Id<Company> companyId, [FromRoute(Name = "customer_id")] Id<Customer> customerId, PeopleWriter people, CancellationToken ct) =>
        await people.FindAsync(companyId, customerId, ct) ?? throw ApiProblem.NotFound("person");
}
