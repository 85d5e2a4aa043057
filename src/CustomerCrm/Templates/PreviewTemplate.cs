using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Templates.Fields;
using CustomerCrm.Templates.Rendering;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Templates;

/// <summary>POST /templates/{template_id}/preview: what somebody would get, or a sample customer. Nothing is sent or kept.</summary>
public static class PreviewTemplate
{
    /// <example>{"data":{"voucher":"SPRING"},"purpose":"marketing"}</example>
    public sealed record Request
    {
        /// <summary>For whom; a sample customer if it is left out.</summary>
        public Id<Customer>? CustomerId { get; init; }

        /// <summary>Of which order; a sample order if there is no customer.</summary>
        public Id<Order>? OrderId { get; init; }

        /// <summary>Of which ticket; a sample ticket if there is no customer.</summary>
        public Id<SpokenTicket>? TicketId { get; init; }

        /// <summary>What <c>data.</c> stands for.</summary>
        public JsonElement? Data { get; init; }

        /// <summary>Marketing is shown with its links.</summary>
        public MessagePurpose Purpose { get; init; } = MessagePurpose.Transactional;
    }

    public sealed record Response
    {
        public required int Version { get; init; }

        /// <summary>Null: the template has no e-mail.</summary>
        public EmailPreview? Email { get; init; }

        /// <summary>Null: the template has no text message.</summary>
        public SmsPreview? Sms { get; init; }

        /// <summary>Fields that are written and have no value: with them the message would be refused.</summary>
        /// <example>["data.voucher"]</example>
        public required IReadOnlyList<string> Missing { get; init; }
    }

    public sealed record EmailPreview
    {
        public required string Subject { get; init; }

        /// <example>&lt;p>Hello Ada&lt;/p></example>
        public string? Html { get; init; }

        public required string Text { get; init; }

        /// <example>{"List-Unsubscribe-Post":"List-Unsubscribe=One-Click"}</example>
        public required IReadOnlyDictionary<string, string> Headers { get; init; }
    }

    public sealed record SmsPreview
    {
        public required string Text { get; init; }
        public required SmsSegments Segments { get; init; }
    }

    internal static async Task<Response> Handle(
        [FromRoute(Name = "template_id")] Id<Template> templateId, Request request, TenantDb db, MergeValues merge, MessageRendering rendering, CancellationToken ct)
    {
        var template = await Template.FindAsync(templateId, db, ct);
        if (request.TicketId is { } ticketId) await merge.TicketAsync(ticketId, request.CustomerId, ct);
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var email = template.HasEmail ? await WriteAsync(MessageChannel.Email) : null;
        var sms = template.HasSms ? await WriteAsync(MessageChannel.Sms) : null;
        return new Response
        {
            Version = template.Version,
            Email = email is null ? null : new EmailPreview { Subject = email.Subject!, Html = email.Html, Text = email.Text!, Headers = email.Headers },
            Sms = sms is null ? null : new SmsPreview { Text = sms.Sms!, Segments = SmsSegments.Of(sms.Sms!) },
            Missing = [.. missing],
        };

        async Task<RenderedMessage> WriteAsync(MessageChannel channel)
        {
            var uses = MessageRendering.UsesOf(template, channel);
            var addresses = rendering.AddressesOf(request.CustomerId, channel, request.Purpose, topic: null) ?? Sample;
            var values = request.CustomerId is null && request.OrderId is null && request.TicketId is null
                ? await merge.OfSampleAsync(request.Data, ct)
                : await merge.OfAsync(new MergeSource { CustomerId = request.CustomerId, OrderId = request.OrderId, TicketId = request.TicketId, Data = request.Data, Links = addresses }, uses, ct);
            missing.UnionWith(MergeTree.Complete(values, uses, template.Defaults));
            var terms = new RenderingTerms { CustomerId = request.CustomerId, Channel = channel, Purpose = request.Purpose, LinkTags = template.LinkTags };
            return await rendering.FinishAsync(rendering.Written(template, channel, values), terms, addresses, ct);
        }
    }

    private static CustomerAddresses Sample => new(MergeFields.Find("links.unsubscribe")!.Sample, MergeFields.Find("links.unsubscribe")!.Sample, MergeFields.Find("links.preferences")!.Sample);
}
