using CustomerCrm.ContactPolicy.Deciding;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Surveys.Triggers;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>Whether what an invitation is about is still as it was: nobody is asked how a delivery went that came back meanwhile.</summary>
internal sealed class SurveyStanding(TenantDb db)
{
    public async Task<RuleFinding> AskAsync(SurveyInvitation invitation, CancellationToken ct)
    {
        if (invitation is { Cause: InvitationCause.TicketSolved, AboutKey: { } ticketId })
        {
            var isSolved = await db.FindAsync<int?>(SolvedTicket, new { TicketId = ticketId }, ct) is not null;
            return InvitationSending.Finding("still_so", isSolved ? RuleOutcome.Passed : RuleOutcome.Denied, isSolved ? "solved" : "changed", "solved", isSolved ? "The ticket is still solved." : "The ticket was opened again, or went into another.");
        }
        if (invitation is not { Cause: InvitationCause.OrderDelivered, AboutKey: { } orderId })
            return InvitationSending.Finding("still_so", RuleOutcome.NotApplicable, null, null, "Nothing of it can have changed.");
        var order = await db.FindAsync<Row>(OrderById, new { OrderId = orderId }, ct);
        return order is { IsCancelled: false, FulfillmentStatus: FulfillmentStatus.Delivered }
            ? InvitationSending.Finding("still_so", RuleOutcome.Passed, "delivered", "delivered", "The order is still delivered.")
            : InvitationSending.Finding("still_so", RuleOutcome.Denied, order is null ? "gone" : "changed", "delivered", "The order is not delivered any more.");
    }

    private sealed record Row
    {
        public required FulfillmentStatus FulfillmentStatus { get; init; }
        public required bool IsCancelled { get; init; }
    }

    // 5 solved, 6 closed.
    private static readonly TenantSql SolvedTicket = TenantSql.Of("SELECT 1 FROM Tickets t WHERE t.TenantId = @TenantId AND t.Id = @TicketId AND t.Category >= 5 AND t.MergedIntoId IS NULL");

    private static readonly TenantSql OrderById = TenantSql.Of("""
        SELECT o.FulfillmentStatus, CAST(CASE WHEN o.CancelledAt IS NULL THEN 0 ELSE 1 END AS BIT) AS IsCancelled
        FROM Orders o
        WHERE o.TenantId = @TenantId
          AND o.Id = @OrderId
        """);
}
