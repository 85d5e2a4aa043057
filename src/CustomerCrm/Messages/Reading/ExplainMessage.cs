using CustomerCrm.ContactPolicy.Deciding;
using CustomerCrm.Messages.Reports;
using CustomerCrm.Messages.Sending;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Messages;

/// <summary>GET /messages/{message_id}/explanation: the customer's "why did I get this?" and the owner's "why didn't she?".</summary>
public static class ExplainMessage
{
    public sealed record Response
    {
        public required Id<Message> MessageId { get; init; }
        public required MessageState State { get; init; }

        /// <summary>In a sentence or two.</summary>
        /// <example>It was refused by the rule consent: The customer took this consent back.</example>
        public required string Summary { get; init; }

        public required MessageReason Reason { get; init; }

        /// <summary>What the policy said when it was posted.</summary>
        public required ContactDecision AtTheDoor { get; init; }

        /// <summary>What it said last when it was to leave; null: it was not asked again.</summary>
        public ContactDecision? AtSending { get; init; }

        /// <summary>What was tried, first things first.</summary>
        public required IReadOnlyList<MessageAttempt> Attempts { get; init; }

        /// <summary>What the provider said afterwards, as it happened.</summary>
        public required IReadOnlyList<KnownReport> Reports { get; init; }
    }

    internal static async Task<Response> Handle([FromRoute(Name = "message_id")] Id<Message> messageId, TenantDb db, CancellationToken ct)
    {
        var message = await Message.FindAsync(messageId, db, ct);
        return new Response
        {
            MessageId = messageId,
            State = message.State,
            Summary = SummaryOf(message),
            Reason = message.Reason,
            AtTheDoor = message.Decision,
            AtSending = message.SendDecision,
            Attempts = await db.QueryAsync<MessageAttempt>(MessageAttempt.OfMessage, new { MessageId = messageId }, ct),
            Reports = await db.QueryAsync<KnownReport>(KnownReport.OfMessage, new { MessageId = messageId }, ct),
        };
    }

    internal static string SummaryOf(Message message)
    {
        var last = message.SendDecision ?? message.Decision;
        var rule = last.Rules.FirstOrDefault(r => r.Name == last.DecidedBy && r.Outcome is RuleOutcome.Denied or RuleOutcome.Deferred);
        var (why, consent) = (message.ReasonText ?? $"It was wanted by {message.ReasonKind}.", last.Rules.FirstOrDefault(r => r.Name == "consent"));
        return message.State switch
        {
            MessageState.Refused => $"It was not sent. It was refused by the rule {last.DecidedBy}: {rule?.Detail}",
            MessageState.Deferred => $"It is put off by the rule {last.DecidedBy}: {rule?.Detail}",
            MessageState.Queued => message.Code is null ? $"It is about to leave. {why}" : $"It will be tried again: {message.Code}.",
            MessageState.Sending => "It is with the provider just now.",
            MessageState.Cancelled => "It was not sent: somebody took it back before it left.",
            MessageState.Unknown => "It may have been sent: the provider's answer was lost. It is not sent again.",
            MessageState.Failed => $"It did not arrive: {message.Code}.",
            var state => $"It was sent ({StrictJson.NameOf(state)}). {why} {consent?.Detail}".TrimEnd(),
        };
    }
}
