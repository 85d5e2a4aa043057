using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Platform.Batches;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Customers;

/// <summary>POST /customers/batch: each item as POST /customers would take it, with an answer of its own.</summary>
public static class AddManyCustomers
{
    public sealed record Request
    {
        [AnsweredByItem, MinLength(1), MaxLength(Batch.MostItems)]
        public required IReadOnlyList<AddCustomer.Request> Items { get; init; }
    }

    internal static Task<JsonHttpResult<BatchAnswer<Customer>>> Handle(Request request, IdentityReader reader, IdentityOwners owners, CustomerWriter writer, CancellationToken ct) =>
        Batch.RunAsync(request.Items, async item => (StatusCodes.Status201Created, await AddCustomer.AddAsync(item, reader, owners, writer, ct)));
}
