using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Interactions;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.ProviderCallbacks.Inbound;

/// <summary>What nobody else takes becomes an interaction of its sender, who is found by the address or made. If it answers a message of ours, the outcome says which.</summary>
internal sealed class InteractionRouter(InteractionWriter interactions, AnsweredMessages answered) : IInboundRouter
{
    private const int LongestBody = 20_000, LongestSubject = 500, LongestId = 200, LongestName = 200;

    public int Order => int.MaxValue;

    public async Task<Id<Customer>?> TakeAsync(InboundMessage message, CancellationToken ct)
    {
        var (_, interaction) = await interactions.RecordAsync(new RecordInteraction.Request
        {
            Customer = SenderOf(message),
            Channel = message.Channel == MessageChannel.Email ? InteractionChannel.Email : InteractionChannel.Sms,
            Direction = InteractionDirection.Inbound,
            OccurredAt = message.OccurredAt,
            Subject = message.Subject.BeginningOrNull(LongestSubject),
            Body = BodyOf(message),
            Outcome = await answered.FindAsync(message, ct) is { } messageId ? $"answers {messageId}" : message.IsAutomatic ? "automatic_reply" : null,
            Source = message.Channel == MessageChannel.Email ? "email" : "sms",
            ExternalId = message.ExternalId.Length <= LongestId ? message.ExternalId : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.ExternalId)))}",
        }, ct);
        return interaction.CustomerId;
    }

    private static CustomerDetails SenderOf(InboundMessage message) => message.Channel == MessageChannel.Sms
        ? new CustomerDetails { Phone = message.From }
        : message.FromName.BeginningOrNull(LongestName) is { } name ? new CustomerDetails { Email = message.From, Name = new(name) } : new CustomerDetails { Email = message.From };

    /// <summary>All that was written and fits, and what was left out.</summary>
    internal static string? BodyOf(InboundMessage message)
    {
        var note = message.Attachments.Count == 0 ? "" : $"\n\n[Left out: {string.Join(", ", message.Attachments)}]";
        var room = LongestBody - Math.Min(note.Length, 5000);
        var cut = message.Text.Length > room ? $"{message.Text.Beginning(room - 30)}\n[The rest is left out.]" : message.Text;
        var body = (cut + note.Beginning(5000)).Trim();
        return body.Length > 0 ? body : null;
    }

}
