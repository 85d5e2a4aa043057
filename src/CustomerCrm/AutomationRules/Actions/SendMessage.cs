using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Templates;
using CustomerCrm.Templates.Fields;

namespace CustomerCrm.AutomationRules.Actions;

/// <summary>Sends a template to the customer, through the one door that everything goes through: the contact policy decides whether and when.</summary>
internal sealed class SendMessage(TenantDb db, MessageDoor door) : RuleAction<SendMessage.Arguments>
{
    public new sealed record Arguments
    {
        public required Id<Template> TemplateId { get; init; }
        public MessageChannel Channel { get; init; } = MessageChannel.Email;
        public MessagePurpose Purpose { get; init; } = MessagePurpose.Service;

        /// <summary>Of the purpose, where there are topics.</summary>
        [StringLength(100, MinimumLength = 1)] public string? Topic { get; init; }
    }

    public override string Name => "send_message";
    public override string Description => "Sends a template to the customer whom the event is about. data. in the template is the event's data, and ticket. the ticket that the event is about. Consent, quiet hours and caps hold as for every message.";
    public override object Example => new { template_id = default(Id<Template>), channel = "email", purpose = "service" };

    protected override async Task<IReadOnlyList<FieldError>> MissingAsync(Arguments with, CancellationToken ct) =>
        await db.FindAsync<int?>(HasTemplate, new { with.TemplateId }, ct) is null ? [new FieldError("/template_id", "unknown_template", "There is no such template.")] : [];

    protected override async Task<ActionResult> RunAsync(Arguments with, FiringContext firing, CancellationToken ct)
    {
        var message = await door.PostAsync(new MessageDraft
        {
            CustomerId = firing.Customer,
            Channel = with.Channel,
            Purpose = with.Purpose,
            Topic = with.Topic,
            Reason = new MessageReason("automation_rule", firing.Rule.Id.ToString(), firing.Rule.Name),
            TemplateId = with.TemplateId,
            TicketId = TicketOf(firing.Data),
            Data = firing.Data,
            DedupeKey = $"{firing.FiringId}:{with.TemplateId}:{with.Channel}:{with.Purpose}",
        }, ct);
        var done = Done("message", message.Id.ToString());
        return message.State == MessageState.Refused ? done with { Outcome = ActionOutcome.Refused, Code = message.Code ?? "policy_denied", Detail = "The contact policy does not allow it; the message says why." } : done;
    }

    // An id says itself that it is a ticket's.
    private static Id<SpokenTicket>? TicketOf(JsonElement data) => ReadTicket(data, "id") ?? ReadTicket(data, "ticket_id") ?? (data.TryGetProperty("about", out var about) ? ReadTicket(about, "id") : null);

    private static Id<SpokenTicket>? ReadTicket(JsonElement data, string member) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && Id<SpokenTicket>.TryRead(value.GetString(), out var id) ? id : null;

    private static readonly TenantSql HasTemplate = TenantSql.Of("SELECT 1 FROM Templates t WHERE t.TenantId = @TenantId AND t.Id = @TemplateId AND t.DeletedAt IS NULL");
}
