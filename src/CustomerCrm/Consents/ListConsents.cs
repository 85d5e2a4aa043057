using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Consents;

/// <summary>GET /v1/consents and GET /v1/customers/{customer_id}/consents: what holds now.</summary>
internal static class ListConsents
{
    private const string StateNow = "CASE WHEN s.State = 1 AND s.ExpiresAt <= @Now THEN 4 ELSE s.State END";

    internal static Task<Page<Consent>> Handle(ListQuery query, TenantDb db, TimeProvider clock, CancellationToken ct) =>
        List.ReadAsync(query, db, new { Now = clock.GetUtcNow() }, ct);

    internal static async Task<Page<Consent>> OfCustomer([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        await ShowCustomer.FindAsync(customerId, db, ct);
        return await OfOne.Where(Condition.Of("s.CustomerId = {0}", customerId)).ReadAsync(query, db, new { Now = clock.GetUtcNow() }, ct);
    }

    internal static readonly ListOf<Consent> OfOne = Filtered(ListOf<Consent>.From(Consent.Matching, "s.Id", consent => consent.Id.ToBytes()));

    internal static readonly ListOf<Consent> List = Filtered(ListOf<Consent>.From(Consent.Matching, "s.Id", consent => consent.Id.ToBytes()))
        .FilteredBy("customer_id", "s.CustomerId", FilterType.IdOf<Customer>(), Operators.Equal | Operators.In);

    private static ListOf<Consent> Filtered(ListOf<Consent> list) => list
        .SortedBy("changed_at", "s.ChangedAt", consent => consent.ChangedAt, isDescending: true)
        .FilteredBy("purpose", "s.Purpose", FilterType.OneOf<MessagePurpose>(), Operators.Equal | Operators.In)
        .FilteredBy("channel", "s.Channel", FilterType.OneOf<MessageChannel>(), Operators.Equal | Operators.In)
        .FilteredBy("topic", "s.Topic", FilterType.Text(100, "newsletter"), Operators.Equal | Operators.In)
        .FilteredBy("state", StateNow, FilterType.OneOf<ConsentState>(), Operators.Equal | Operators.In)
        .FilteredBy("legal_basis", "s.LegalBasis", FilterType.OneOf<LegalBasis>(), Operators.Equal | Operators.In)
        .FilteredBy("changed_at", "s.ChangedAt", FilterType.Time, Operators.Range)
        .FilteredBy("expires_at", "s.ExpiresAt", FilterType.Time, Operators.Range);
}
