using CustomerCrm.Consents.OptIns;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Consents;

/// <summary>GET /v1/customers/{customer_id}/consent_entries, and one of them: the ledger.</summary>
internal static class ListConsentEntries
{
    internal static async Task<Page<ConsentEntry>> Handle([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await ShowCustomer.FindAsync(customerId, db, ct);
        return await List.Where(Condition.Of("e.CustomerId = {0}", customerId)).ReadAsync(query, db, null, ct);
    }

    internal static async Task<ConsentEntry> Show(
        [FromRoute(Name = "customer_id")] Id<Customer> customerId, [FromRoute(Name = "consent_entry_id")] Id<ConsentEntry> entryId, TenantDb db, OptInStates states, CancellationToken ct)
    {
        var entry = await db.FindAsync<ConsentEntry>(ById, new { CustomerId = customerId, EntryId = entryId }, ct) ?? throw ApiProblem.NotFound("consent entry");
        return entry.State == ConsentState.Pending ? entry with { Confirmation = (await states.OfAsync([entry], ct)).GetValueOrDefault(entry.Id.ToString()) } : entry;
    }

    internal static readonly TenantSql ById = ConsentEntry.Matching.Then("""
          AND e.CustomerId = @CustomerId
          AND e.Id = @EntryId
        """);

    internal static readonly ListOf<ConsentEntry> List = ListOf<ConsentEntry>.From(ConsentEntry.Matching, "e.Id", entry => entry.Id.ToBytes())
        .SortedBy("occurred_at", "e.OccurredAt", entry => entry.OccurredAt, isDescending: true)
        .FilteredBy("purpose", "e.Purpose", FilterType.OneOf<MessagePurpose>(), Operators.Equal | Operators.In)
        .FilteredBy("channel", "e.Channel", FilterType.OneOf<MessageChannel>(), Operators.Equal | Operators.In)
        .FilteredBy("topic", "e.Topic", FilterType.Text(100, "newsletter"), Operators.Equal | Operators.In)
        .FilteredBy("state", "e.State", FilterType.OneOf<ConsentState>(), Operators.Equal | Operators.In)
        .FilteredBy("occurred_at", "e.OccurredAt", FilterType.Time, Operators.Range);
}
