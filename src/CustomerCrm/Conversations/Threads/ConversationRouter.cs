using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Conversations.Media;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Interactions;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.ProviderCallbacks.Inbound;

namespace CustomerCrm.Conversations.Threads;

/// <summary>
/// What customers write by e-mail and SMS goes into conversations. What a program wrote that answers nothing does not, nor does a word that only switches
/// messages off or on.
/// </summary>
internal sealed class ConversationRouter(ConversationIntake intake, ThreadFinder threads, MediaBook media, AnsweredMessages answered) : IInboundRouter
{
    private const int LongestSubject = 500, LongestId = 200, LongestName = 200, LongestAddress = 254;

    public int Order => 1000;

    public async Task<Id<Customer>?> TakeAsync(InboundMessage message, CancellationToken ct)
    {
        var isEmail = message.Channel == MessageChannel.Email;
        if (!isEmail && SmsKeywords.Of(message.Text) != SmsKeyword.None) return null;
        var text = message.Text.Trim();
        var leftOut = NotKept(message).ToList();
        if (leftOut.Count > 0) text = $"{text}\n\n[Left out: {string.Join(", ", leftOut)}]".Trim();
        if (text.Length == 0 && message.Kept.Count + message.Media.Count == 0) return null;

        var taken = await intake.TakeAsync(
            new ThreadFinder.Sent
            {
                Channel = isEmail ? InteractionChannel.Email : InteractionChannel.Sms,
                SenderId = await threads.SenderAsync(message.From, isEmail, ct),
                From = message.From,
                To = message.To,
                Answers = message.Answers,
                IsAutomatic = message.IsAutomatic,
            },
            isEmail ? new CustomerDetails { Email = message.From, Name = message.FromName.BeginningOrNull(LongestName) is { } name ? new(name) : default } : new CustomerDetails { Phone = message.From },
            new NewEntry
            {
                Author = EntryAuthor.Customer,
                Text = text,
                Channel = isEmail ? InteractionChannel.Email : InteractionChannel.Sms,
                Subject = message.Subject.BeginningOrNull(LongestSubject),
                From = message.From.BeginningOrNull(LongestAddress),
                Attachments = [.. message.Kept.Select(file => file.Id)],
                HasMedia = message.Media.Count > 0,
                OccurredAt = message.OccurredAt,
                Source = isEmail ? "email" : "sms",
                ExternalId = IdOf(message.ExternalId),
                IsAutomatic = message.IsAutomatic,
                IsBulk = message.IsBulk,
                Outcome = await answered.FindAsync(message, ct) is { } messageId ? $"answers {messageId}" : null,
            }, ct);
        if (taken is { IsNew: true, Entry: { } entry }) await media.ExpectAsync(entry, message.Media, ct);
        return taken?.Entry.CustomerId;
    }

    /// <summary>As interactions are called that come in the same way.</summary>
    internal static string IdOf(string externalId) => externalId.Length <= LongestId ? externalId : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(externalId)))}";

    private static IEnumerable<string> NotKept(InboundMessage message)
    {
        var kept = message.Kept.Select(file => file.FileName).ToList();
        return message.Attachments.Skip(message.Media.Count).Where(name => !kept.Remove(name)).Take(20);
    }

}
