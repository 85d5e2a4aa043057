using CustomerCrm.Companies.People;
using CustomerCrm.Consents;
using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Interactions;
using CustomerCrm.Messages;
using CustomerCrm.Notes;
using CustomerCrm.Platform.Data;
using CustomerCrm.Segments;
using CustomerCrm.SurveyResponses;
using CustomerCrm.Tenant;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Promises;
using CustomerCrm.Timeline;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Overview;

/// <summary>GET /v1/customers/{customer_id}/360: bounded parts, read as of one moment.</summary>
internal static class ShowOverview
{
    private const int MostIdentities = 20, MostEntries = 10, MostOrders = 5, MostInteractions = 5, MostMessages = 5, MostConversations = 3, MostSegments = 50, MostCompanies = 10, MostNotes = 5, MostConsents = 50, MostTickets = 5;

    internal static async Task<CustomerOverview> Handle(
        [FromRoute(Name = "customer_id")] Id<Customer> customerId, CurrentSettings settings, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var currency = (await settings.GetAsync(ct)).Currency;
        var who = new { CustomerId = customerId };
        return await db.InSnapshotAsync(async () =>
        {
            var customer = await ShowCustomer.FindAsync(customerId, db, ct);
            return new CustomerOverview
            {
                Customer = customer,
                Identities = await ListIdentities.List.FirstAsync(db, MostIdentities, who, ct),
                Figures = await FiguresAsync(customer, currency, db, ct),
                Timeline = await ShowTimeline.List.FirstAsync(db, MostEntries, who, ct),
                Orders = await db.QueryTopAsync<OrderSummary>(LatestOrders, MostOrders, who, ct),
                Interactions = await ListInteractions.List.Where(Condition.Of("i.CustomerId = {0}", customerId)).FirstAsync(db, MostInteractions, null, ct),
                Conversations = await ListConversations.OfOne.Where(Condition.Of("c.CustomerId = {0}", customerId)).FirstAsync(db, MostConversations, null, ct),
                Messages = await ListMessages.OfOne.Where(Condition.Of("m.CustomerId = {0}", customerId)).FirstAsync(db, MostMessages, null, ct),
                OpenTickets = await OpenTicketsAsync(customerId, clock.GetUtcNow(), db, ct),
                Segments = await ListCustomerSegments.List.FirstAsync(db, MostSegments, who, ct),
                Companies = await ListCustomerCompanies.List.FirstAsync(db, MostCompanies, who, ct),
                Consents = await ListConsents.OfOne.Where(Condition.Of("s.CustomerId = {0}", customerId)).FirstAsync(db, MostConsents, new { Now = clock.GetUtcNow() }, ct),
                LastSurveyResponse = await db.QueryTopAsync<SurveyResponse>(LatestResponse, 1, who, ct) is [var response] ? response : null,
                Notes = await db.QueryTopAsync<Note>(LatestNotes, MostNotes, who, ct),
            };
        }, ct);
    }

    private static async Task<IReadOnlyList<OpenTicketSummary>> OpenTicketsAsync(Id<Customer> customerId, DateTimeOffset now, TenantDb db, CancellationToken ct)
    {
        var tickets = await ListTickets.OfOne.Where(Condition.Of("t.CustomerId = {0} AND t.Category < 5", customerId)).FirstAsync(db, MostTickets, null, ct);
        var promised = await TicketSlas.OfAsync([.. tickets.Select(ticket => ticket.Id)], db, now, ct);
        return [.. tickets.Select(ticket => new OpenTicketSummary(ticket) { Sla = promised.GetValueOrDefault(ticket.Id) })];
    }

    private static async Task<Figures> FiguresAsync(Customer customer, string currency, TenantDb db, CancellationToken ct)
    {
        var who = new { CustomerId = customer.Id };
        var sums = await db.FindAsync<Sums>(Ordered, who, ct) ?? new Sums();
        return new Figures
        {
            OrderCount = sums.OrderCount,
            SpendMinor = sums.SpendMinor,
            LeftOutCount = sums.LeftOutCount,
            Currency = currency,
            FirstOrderAt = sums.FirstOrderAt,
            LastOrderAt = sums.LastOrderAt,
            LastSeenAt = customer.LastSeenAt,
            Standing = await db.FindAsync<Standing>(Score, who, ct),
        };
    }

    private sealed record Sums
    {
        public int OrderCount { get; init; }
        public long SpendMinor { get; init; }
        public int LeftOutCount { get; init; }
        public DateTimeOffset? FirstOrderAt { get; init; }
        public DateTimeOffset? LastOrderAt { get; init; }
    }

    private static readonly TenantSql Ordered = TenantSql.Of("""
        SELECT f.OrderCount, f.SpendMinor, f.LeftOutCount, f.FirstOrderAt, f.LastOrderAt
        FROM CustomerFigures f
        WHERE f.TenantId = @TenantId
          AND f.CustomerId = @CustomerId
        """);

    private static readonly TenantSql Score = TenantSql.Of("""
        SELECT s.AsOf, s.FitId, s.RecencyScore, s.FrequencyScore, s.MonetaryScore, s.RfmGroup, s.RetentionState, s.Model,
            s.ProbabilityAlive, s.ExpectedPurchases, s.CltvMinor, s.CltvLowMinor, s.CltvHighMinor, s.IsSufficient AS Sufficient, s.ReasonCode
        FROM CustomerScores s
        WHERE s.TenantId = @TenantId
          AND s.CustomerId = @CustomerId
        """);

    private static readonly TenantSql LatestNotes = Note.Matching.Then("""
          AND n.CustomerId = @CustomerId
        ORDER BY n.IsPinned DESC, n.WrittenAt DESC, n.Id DESC
        """);

    private static readonly TenantSql LatestResponse = SurveyResponse.Matching.Then("""
          AND r.CustomerId = @CustomerId
        ORDER BY r.AnsweredAt DESC, r.Id DESC
        """);

    private static readonly TenantSql LatestOrders = TenantSql.Of("""
        SELECT o.Id, o.OrderNumber, o.PlacedAt, o.Currency, o.SpendMinor, o.PaymentStatus, o.FulfillmentStatus, o.CancelledAt
        FROM Orders o
        WHERE o.TenantId = @TenantId
          AND o.CustomerId = @CustomerId
        ORDER BY o.PlacedAt DESC, o.Id DESC
        """);
}
