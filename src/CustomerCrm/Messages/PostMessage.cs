using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.ContactPolicy;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Templates;
using CustomerCrm.Templates.Fields;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Messages;

/// <summary>POST /messages</summary>
public static class PostMessage
{
    /// <example>{"customer_id":"cus_01951c2e8f0070008000000000","channel":"email","purpose":"service","content":{"subject":"Your order is on its way","text":"It will be there soon."}}</example>
    public sealed record Request : IValidatableObject
    {
        /// <summary>To whom; or <c>to</c>, or both.</summary>
        public Id<Customer>? CustomerId { get; init; }

        /// <summary>One of the customer's addresses; their primary one if it is left out. An address that is some customer's is always that customer's.</summary>
        [StringLength(254, MinimumLength = 1)] public string? To { get; init; }

        [Required] public MessageChannel? Channel { get; init; }
        [Required] public MessagePurpose? Purpose { get; init; }

        /// <summary>Which of the customer's consents is asked for; none: the one to all topics.</summary>
        [StringLength(100, MinimumLength = 1)] public string? Topic { get; init; }

        /// <summary>What it is made of; or <c>template</c>, or <c>content</c>.</summary>
        public Id<Template>? TemplateId { get; init; }

        /// <summary>A template by its name.</summary>
        [StringLength(100, MinimumLength = 1)] public string? Template { get; init; }

        /// <summary>Written by yourself, with the fields that templates have. Braces that are to be braces go in <c>data</c>.</summary>
        public MessageContent? Content { get; init; }

        /// <summary>Which order the template speaks of.</summary>
        public Id<Order>? OrderId { get; init; }

        /// <summary>Which ticket the template speaks of.</summary>
        public Id<SpokenTicket>? TicketId { get; init; }

        /// <summary>An object: what <c>data.</c> stands for in the template. At most 32,768 characters as JSON.</summary>
        public JsonElement? Data { get; init; }

        /// <summary>Where they are other than the template's: the campaign.</summary>
        public LinkTags? LinkTags { get; init; }

        /// <summary>Why, for the customer who asks.</summary>
        /// <example>You ordered in our shop.</example>
        [StringLength(500, MinimumLength = 1)] public string? Reason { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (new object?[] { TemplateId, Template, Content }.Count(what => what is not null) != 1)
                yield return new BrokenRule("one_needed", "Say what to send: template_id, template or content, and only one of them.", nameof(TemplateId));
            if (CustomerId is null && To is null) yield return new BrokenRule("one_needed", "Say whom to write to: customer_id, to or both.", nameof(CustomerId));
        }
    }

    internal static async Task<Created<Message>> Handle(Request request, MessageDoor door, MergeValues merge, Caller caller, CancellationToken ct)
    {
        if (request.OrderId is { } orderId) await merge.OrderAsync(orderId, request.CustomerId, ct);
        if (request.TicketId is { } ticketId) await merge.TicketAsync(ticketId, request.CustomerId, ct);
        var message = await door.PostAsync(new MessageDraft
        {
            CustomerId = request.CustomerId,
            To = request.To,
            Channel = request.Channel!.Value,
            Purpose = request.Purpose!.Value,
            Topic = request.Topic,
            Reason = new MessageReason("api", caller.Actor.Id, request.Reason),
            TemplateId = request.TemplateId,
            TemplateName = request.Template,
            Content = request.Content,
            MergesContent = true,
            OrderId = request.OrderId,
            TicketId = request.TicketId,
            Data = request.Data,
            LinkTags = request.LinkTags,
        }, ct);
        return TypedResults.Created($"/v1/messages/{message.Id}", message);
    }
}
