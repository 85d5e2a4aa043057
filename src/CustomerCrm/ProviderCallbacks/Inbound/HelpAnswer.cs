using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.ProviderCallbacks.Inbound;

/// <summary>Answers HELP with who writes here and how to end it: a message like any other, so the policy is asked.</summary>
internal sealed class HelpAnswer(MessageDoor door, KeywordWords words)
{
    public async Task<Message> PostAsync(InboundMessage message, Id<Customer> customerId, CancellationToken ct) => await door.PostAsync(new MessageDraft
    {
        CustomerId = customerId,
        To = message.From,
        Channel = MessageChannel.Sms,
        Purpose = MessagePurpose.Service,
        Reason = new MessageReason("sms_keyword", null, "You sent HELP."),
        Content = new MessageContent { Sms = await words.HelpAsync(customerId, ct) },
        DedupeKey = $"sms_help:{message.ExternalId}",
    }, ct);
}
