using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Outbound;
using CustomerCrm.Suppressions;

namespace CustomerCrm.Messages.Sending;

/// <summary>Heeds what a refusal says of the address: to whom said STOP to the provider itself, nobody writes any more.</summary>
internal sealed class RefusedAddress(SuppressionWriter suppressions)
{
    // Twilio: "Attempt to send to unsubscribed recipient".
    private const string SaidStop = "twilio_21610";

    public async Task HeedAsync(Message message, SendOutcome outcome, CancellationToken ct)
    {
        if (message.Channel == MessageChannel.Sms && outcome.Code == SaidStop) await suppressions.AddAsync(message.Channel, message.Recipient, SuppressionReason.Stop, "twilio", ct);
    }
}
