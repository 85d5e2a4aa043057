using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Records;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.PersonalData;

/// <summary>GET /customers/{customer_id}/personal_data: what a customer who asks what is held of them is sent (GDPR, articles 15 and 20).</summary>
public static class ShowPersonalData
{
    // An index for the search, and a lock.
    private static readonly string[] leftOut = ["CustomerWords", "ContactTurns"];

    public sealed record Answer
    {
        public required DateTimeOffset CopiedAt { get; init; }
        public required Customer Customer { get; init; }

        /// <summary>The names of the customer's tags, of which records have ids.</summary>
        public required IReadOnlyList<string> Tags { get; init; }

        /// <summary>Every row that is kept of the customer, by table: orders, interactions, messages as they were written, consents with their proof, notes, tasks, what was tracked, how they were scored.</summary>
        public required IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>> Records { get; init; }
    }

    internal static async Task<Answer> Handle([FromRoute(Name = "customer_id")] Id<Customer> customerId, TenantDb db, RecordCopy copy, TimeProvider clock, CancellationToken ct) => new()
    {
        CopiedAt = clock.GetUtcNow(),
        Customer = await ShowCustomer.FindAsync(customerId, db, ct),
        Tags = await db.QueryAsync<string>(TagsOf, new { CustomerId = customerId }, ct),
        Records = await copy.OfAsync(CustomerRecord.Kind, customerId.ToBytes(), leftOut, StoredWords.Find, ct),
    };

    private static readonly TenantSql TagsOf = TenantSql.Of("""
        SELECT t.Name
        FROM CustomerTags c
        JOIN Tags t ON t.TenantId = c.TenantId AND t.Id = c.TagId
        WHERE c.TenantId = @TenantId
          AND c.CustomerId = @CustomerId
          AND t.DeletedAt IS NULL
        ORDER BY t.Name
        """);
}
