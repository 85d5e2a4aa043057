using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Companies.People;

/// <summary>POST /companies/{company_id}/people/batch: many people of one company, each with an answer of its own.</summary>
public static class PutManyPeople
{
    public sealed record Request
    {
        [AnsweredByItem, MinLength(1), MaxLength(Batch.MostItems)]
        public required IReadOnlyList<Item> Items { get; init; }
    }

    public sealed record Item : IValidatableObject
    {
        /// <summary>Who; or say it by <see cref="Customer"/>.</summary>
        public Id<Customer>? CustomerId { get; init; }

        /// <summary>Who, by identities: found, or created where nobody has them.</summary>
        public CustomerDetails? Customer { get; init; }

        /// <summary>What they do there, in the tenant's own words.</summary>
        /// <example>Head of purchasing</example>
        [StringLength(100, MinimumLength = 1)] public string? Role { get; init; }

        /// <summary>True makes it the customer's primary company, instead of the one that is. The first company is it anyway.</summary>
        public bool IsPrimary { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (CustomerId is null && Customer is null) yield return new BrokenRule("required", "Name the customer by customer_id, or by customer.", nameof(CustomerId));
            if (CustomerId is not null && Customer is not null) yield return new BrokenRule("two_customers", "Name the customer by customer_id or by customer, not by both.", nameof(Customer));
        }
    }

    internal static async Task<JsonHttpResult<BatchAnswer<CompanyPerson>>> Handle(
        [FromRoute(Name = "company_id")] Id<Company> companyId, Request request, CompanyReader companies, CustomerFinder customers, PeopleWriter people, CancellationToken ct)
    {
        await companies.CheckAsync(companyId, ct);
        return await Batch.RunAsync(request.Items, async item =>
        {
            var customerId = item.CustomerId ?? await customers.FindOrCreateAsync(item.Customer!, "/customer", ct);
            var (isNew, person) = await people.PutAsync(companyId, customerId, item.Role, item.IsPrimary, ifMatch: null, ct);
            return (isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, person);
        });
    }
}
