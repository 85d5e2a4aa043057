using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Templates;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Messages;

/// <summary>GET /messages, and those to one customer.</summary>
internal static class ListMessages
{
    internal static Task<Page<Message>> Handle(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static async Task<Page<Message>> OfCustomer([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await ShowCustomer.FindAsync(customerId, db, ct);
        return await OfOne.Where(Condition.Of("m.CustomerId = {0}", customerId)).ReadAsync(query, db, null, ct);
    }

    internal static Task<Message> Show([FromRoute(Name = "message_id")] Id<Message> messageId, TenantDb db, CancellationToken ct) => Message.FindAsync(messageId, db, ct);

    internal static readonly ListOf<Message> OfOne = Filtered(ListOf<Message>.From(Message.Matching, "m.Id", message => message.Id.ToBytes()));

    internal static readonly ListOf<Message> List = Filtered(ListOf<Message>.From(Message.Matching, "m.Id", message => message.Id.ToBytes()))
        .FilteredBy("customer_id", "m.CustomerId", FilterType.IdOf<Customer>(), Operators.Equal | Operators.In);

    private static ListOf<Message> Filtered(ListOf<Message> list) => list
        .SortedBy("created_at", "m.CreatedAt", message => message.CreatedAt, isDescending: true)
        .FilteredBy("channel", "m.Channel", FilterType.OneOf<MessageChannel>(), Operators.Equal)
        .FilteredBy("purpose", "m.Purpose", FilterType.OneOf<MessagePurpose>(), Operators.Equal | Operators.In)
        .FilteredBy("topic", "m.Topic", FilterType.Text(100, "newsletter"), Operators.Equal)
        .FilteredBy("state", "m.State", FilterType.OneOf<MessageState>(), Operators.Equal | Operators.In)
        .FilteredBy("template_id", "m.TemplateId", FilterType.IdOf<Template>(), Operators.Equal)
        .FilteredBy("reason_kind", "m.ReasonKind", FilterType.Text(50, "api"), Operators.Equal)
        .FilteredBy("reason_id", "m.ReasonId", FilterType.Text(200, "key_01951c2e8f0070008000000000"), Operators.Equal)
        .FilteredBy("created_at", "m.CreatedAt", FilterType.Time, Operators.Range);
}
