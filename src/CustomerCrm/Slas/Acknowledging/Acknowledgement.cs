using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Slas.Acknowledging;

/// <summary>An automatic answer to somebody who wrote while nobody was there.</summary>
public sealed record Acknowledgement : IHasId
{
    public static string Prefix => "ack";

    public required DateTimeOffset At { get; init; }

    /// <summary>The time that was stated.</summary>
    public DateTimeOffset? ExpectedAt { get; init; }

    public Id<Message>? MessageId { get; init; }

    /// <summary><c>sent</c>; or why not: <c>refused</c> by the contact policy, <c>automatic_sender</c>, <c>no_address</c>.</summary>
    public required string Outcome { get; init; }

    internal static readonly TenantSql OfTicket = TenantSql.Of("""
        SELECT a.At, a.ExpectedAt, a.MessageId, a.Outcome
        FROM SlaAcknowledgements a
        WHERE a.TenantId = @TenantId
          AND a.TicketId = @TicketId
        ORDER BY a.At, a.Id
        """);
}
