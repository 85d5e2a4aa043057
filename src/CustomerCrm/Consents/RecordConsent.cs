using CustomerCrm.Consents.OptIns;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Consents;

/// <summary>POST /v1/customers/{customer_id}/consents: a new entry of the ledger.</summary>
internal static class RecordConsent
{
    internal static async Task<IResult> Handle([FromRoute(Name = "customer_id")] Id<Customer> customerId, ConsentDetails request, ConsentWriter writer, OptInAsk ask, CancellationToken ct) =>
        await RecordAsync(customerId, request, writer, ask, ct) switch
        {
            (StatusCodes.Status201Created, var entry) => TypedResults.Created($"/v1/customers/{customerId}/consent_entries/{entry.Id}", entry),
            (_, var known) => TypedResults.Ok(known),
        };

    internal static Task<(int Status, ConsentEntry Entry)> RecordAsync(Id<Customer> customerId, ConsentDetails details, ConsentWriter writer, OptInAsk ask, CancellationToken ct) =>
        details.DoubleOptIn ? ask.AskAsync(details.Of(customerId), ct) : writer.RecordAsync(details.Of(customerId), ct);
}
