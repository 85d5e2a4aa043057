using System.ComponentModel.DataAnnotations;
using CustomerCrm.Consents.OptIns;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Consents;

/// <summary>POST /v1/consents/batch: history with its dates and proof, each item with an answer of its own.</summary>
public static class RecordManyConsents
{
    public sealed record Request
    {
        [AnsweredByItem, MinLength(1), MaxLength(Batch.MostItems)]
        public required IReadOnlyList<Item> Items { get; init; }
    }

    /// <example>{"customer_id":"cus_01k9z4v5m8e0qv3n6w7x8y9zab","purpose":"marketing","channel":"email","topic":"newsletter","state":"granted","occurred_at":"2024-05-01T10:00:00Z","source":"old_shop","external_id":"4711","proof":{"text":"Yes, send me the newsletter.","form":"footer"}}</example>
    public sealed record Item : ConsentDetails
    {
        /// <summary>Who said it.</summary>
        public required Id<Customer> CustomerId { get; init; }
    }

    internal static Task<JsonHttpResult<BatchAnswer<ConsentEntry>>> Handle(Request request, ConsentWriter writer, OptInAsk ask, CancellationToken ct) =>
        Batch.RunAsync(request.Items, item => RecordConsent.RecordAsync(item.CustomerId, item, writer, ask, ct));
}
