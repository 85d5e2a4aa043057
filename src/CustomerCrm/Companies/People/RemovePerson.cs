using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Companies.People;

/// <summary>DELETE /companies/{company_id}/people/{customer_id}: the customer does not belong to the company any more.</summary>
internal static class RemovePerson
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "company_id")] Id<Company> companyId, [FromRoute(Name = "customer_id")] Id<Customer> customerId, IfMatch ifMatch, PeopleWriter people, CancellationToken ct)
    {
        var person = await people.FindAsync(companyId, customerId, ct) ?? throw ApiProblem.NotFound("person");
        ifMatch.Check(person.Revision);
        await people.RemoveAsync(person, ct);
        return TypedResults.NoContent();
    }
}
