using System.Text.Json;
using CustomerCrm.ContactPolicy;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Templates;
using CustomerCrm.Templates.Fields;
using CustomerCrm.Templates.Rendering;

namespace CustomerCrm.Messages;

/// <summary>A message that somebody wants to be sent: of a template or written by themselves.</summary>
public sealed record MessageDraft
{
    /// <summary>To whom; or <see cref="To"/>, or both.</summary>
    public Id<Customer>? CustomerId { get; init; }

    /// <summary>One of the customer's addresses; null: the primary one.</summary>
    public string? To { get; init; }

    public required MessageChannel Channel { get; init; }
    public required MessagePurpose Purpose { get; init; }

    /// <summary>Null: none.</summary>
    public string? Topic { get; init; }

    public required MessageReason Reason { get; init; }
    public Id<Template>? TemplateId { get; init; }

    /// <summary>Instead of its id.</summary>
    public string? TemplateName { get; init; }

    /// <summary>Instead of a template.</summary>
    public MessageContent? Content { get; init; }

    /// <summary>The content has fields, as a template has. False: it stands as it is, and braces are braces; so for what people write to one another.</summary>
    public bool MergesContent { get; init; }

    /// <summary>Which order the template speaks of.</summary>
    public Id<Order>? OrderId { get; init; }

    /// <summary>Which ticket the template speaks of; does no harm where it speaks of none.</summary>
    public Id<SpokenTicket>? TicketId { get; init; }

    /// <summary>What <c>data.</c> stands for in the template.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>What is different from the template's.</summary>
    public LinkTags? LinkTags { get; init; }

    /// <summary>More headers of an e-mail, by name: <c>In-Reply-To</c>, <c>References</c>, <c>Reply-To</c>.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Files that go along with an e-mail; whoever names them keeps them.</summary>
    public IReadOnlyList<MessageFile> Files { get; init; } = [];

    /// <summary>Posted again under the same key, it is the message that there is. At most 200 characters.</summary>
    public string? DedupeKey { get; init; }
}
