using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Timeline;

/// <summary>
/// GET /v1/customers/{customer_id}/timeline. It reads the features' own tables, so it is whole however long the event
/// feed is kept.
/// </summary>
internal static class ShowTimeline
{
    internal static async Task<Page<TimelineEntry>> Handle([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        var page = await List.ReadAsync(query, db, new { CustomerId = customerId }, ct);
        if (page.Data.Count == 0) await ShowCustomer.FindAsync(customerId, db, ct); // nothing like that, or nobody?
        return page;
    }

    // To add a feature's part, add a SELECT with the same columns over an index (TenantId, CustomerId, time, id), and its
    // kind to TimelineKind. A column that a part lacks is a NULL with the column's type: only if the types agree does SQLite take
    // conditions and order into each part and merge them row by row, so that a page reads a page and not a history.
    private static readonly TenantSql Parts = TenantSql.Of("""
        SELECT t.Kind, t.OccurredAt, t.Id AS [Key], t.Channel, t.Direction, t.Title, t.Outcome, t.AmountMinor, t.Currency
        FROM (
            SELECT 1 AS Kind, c.CreatedAt AS OccurredAt, c.Id, CAST(NULL AS INT) AS Channel, CAST(NULL AS INT) AS Direction,
                c.Name AS Title, CAST(NULL AS NVARCHAR(100)) AS Outcome, CAST(NULL AS BIGINT) AS AmountMinor, CAST(NULL AS NVARCHAR(3)) AS Currency
            FROM Customers c
            WHERE c.TenantId = @TenantId AND c.Id = @CustomerId
            UNION ALL
            SELECT 2, a.CreatedAt, a.Id, CAST(NULL AS INT), CAST(NULL AS INT), a.Value, CAST(NULL AS NVARCHAR(100)), CAST(NULL AS BIGINT), CAST(NULL AS NVARCHAR(3))
            FROM Identities a
            WHERE a.TenantId = @TenantId AND a.CustomerId = @CustomerId
            UNION ALL
            SELECT 3, i.OccurredAt, i.Id, i.Channel, i.Direction, i.Subject, i.Outcome, CAST(NULL AS BIGINT), CAST(NULL AS NVARCHAR(3))
            FROM Interactions i
            WHERE i.TenantId = @TenantId AND i.CustomerId = @CustomerId
            UNION ALL
            SELECT 4, o.PlacedAt, o.Id, CAST(NULL AS INT), CAST(NULL AS INT), o.OrderNumber,
                CAST(CASE WHEN o.CancelledAt IS NOT NULL THEN 'cancelled' END AS NVARCHAR(100)),
                CAST(o.LinesMinor - o.DiscountMinor + CASE WHEN o.IsTaxIncluded = 1 THEN 0 ELSE o.TaxMinor END + o.ShippingMinor AS BIGINT), o.Currency
            FROM Orders o
            WHERE o.TenantId = @TenantId AND o.CustomerId = @CustomerId
            UNION ALL
            SELECT 5, r.RefundedAt, r.Id, CAST(NULL AS INT), CAST(NULL AS INT), r.Reason, CAST(NULL AS NVARCHAR(100)), r.AmountMinor,
                (SELECT p.Currency FROM Orders p WHERE p.TenantId = @TenantId AND p.Id = r.OrderId)
            FROM Refunds r
            WHERE r.TenantId = @TenantId AND r.CustomerId = @CustomerId
            UNION ALL
            SELECT 6, n.WrittenAt, n.Id, CAST(NULL AS INT), CAST(NULL AS INT), CAST(SUBSTRING(n.Body, 1, 200) AS NVARCHAR(300)), CAST(NULL AS NVARCHAR(100)), CAST(NULL AS BIGINT), CAST(NULL AS NVARCHAR(3))
            FROM Notes n
            WHERE n.TenantId = @TenantId AND n.CustomerId = @CustomerId
              AND (n.OrderId IS NULL OR EXISTS (SELECT 1 FROM Orders q WHERE q.TenantId = @TenantId AND q.Id = n.OrderId))
            UNION ALL
            SELECT 7, e.OccurredAt, e.Id, CAST(NULL AS INT), CAST(NULL AS INT), e.Name, CAST(NULL AS NVARCHAR(100)), CAST(NULL AS BIGINT), CAST(NULL AS NVARCHAR(3))
            FROM TrackedEvents e
            WHERE e.TenantId = @TenantId AND e.CustomerId = @CustomerId
            UNION ALL
            SELECT 8, m.CreatedAt, m.Id, CAST(CASE m.Channel WHEN 2 THEN 4 ELSE 1 END AS INT), CAST(2 AS INT), m.Title, CAST(CASE m.State
                WHEN 1 THEN 'queued' WHEN 2 THEN 'deferred' WHEN 3 THEN 'sending' WHEN 4 THEN 'refused' WHEN 5 THEN 'cancelled' WHEN 10 THEN 'unknown' WHEN 11 THEN 'sent' WHEN 12 THEN 'delivered'
                WHEN 13 THEN 'failed' WHEN 14 THEN 'bounced' WHEN 15 THEN 'opened' WHEN 16 THEN 'clicked' ELSE 'complained' END AS NVARCHAR(100)), CAST(NULL AS BIGINT), CAST(NULL AS NVARCHAR(3))
            FROM Messages m
            WHERE m.TenantId = @TenantId AND m.CustomerId = @CustomerId AND m.ReasonKind <> 'conversation' -- an answer is there already, as an interaction
            UNION ALL
            SELECT 9, l.OccurredAt, l.Id, CAST(CASE l.Channel WHEN 1 THEN 1 ELSE 4 END AS INT), CAST(NULL AS INT),
                CAST(CASE WHEN l.Topic <> '' THEN l.Topic WHEN l.Purpose = 3 THEN 'marketing' WHEN l.Purpose = 2 THEN 'service' ELSE 'transactional' END AS NVARCHAR(300)),
                CAST(CASE l.State WHEN 1 THEN 'granted' WHEN 2 THEN 'pending' WHEN 3 THEN 'withdrawn' ELSE 'expired' END AS NVARCHAR(100)), CAST(NULL AS BIGINT), CAST(NULL AS NVARCHAR(3))
            FROM ConsentEntries l
            WHERE l.TenantId = @TenantId AND l.CustomerId = @CustomerId
            UNION ALL
            SELECT 10, k.CreatedAt, k.Id, CAST(NULL AS INT), CAST(NULL AS INT), k.Title, CAST(CASE k.Status WHEN 1 THEN 'open' WHEN 2 THEN 'done' ELSE 'cancelled' END AS NVARCHAR(100)), CAST(NULL AS BIGINT), CAST(NULL AS NVARCHAR(3))
            FROM Tasks k
            WHERE k.TenantId = @TenantId AND k.CustomerId = @CustomerId
            UNION ALL
            SELECT 20, v.AnsweredAt, v.Id, CAST(CASE v.Channel WHEN 1 THEN 1 WHEN 2 THEN 4 WHEN 4 THEN 3 END AS INT), CAST(1 AS INT),
                (SELECT y.Name FROM Surveys y WHERE y.TenantId = @TenantId AND y.Id = v.SurveyId), CAST(v.Score AS NVARCHAR(100)), CAST(NULL AS BIGINT), CAST(NULL AS NVARCHAR(3))
            FROM SurveyResponses v
            WHERE v.TenantId = @TenantId AND v.CustomerId = @CustomerId
            UNION ALL
            SELECT 12, w.CreatedAt, w.Id, w.Channel, CAST(NULL AS INT), w.Subject, CAST(CASE w.Category WHEN 1 THEN 'new' WHEN 2 THEN 'open' WHEN 3 THEN 'pending' WHEN 4 THEN 'on_hold' WHEN 5 THEN 'solved' ELSE 'closed' END AS NVARCHAR(100)), CAST(NULL AS BIGINT), CAST(NULL AS NVARCHAR(3))
            FROM Tickets w
            WHERE w.TenantId = @TenantId AND w.CustomerId = @CustomerId
        ) t
        WHERE 1 = 1
        """);

    internal static readonly ListOf<TimelineEntry> List = ListOf<TimelineEntry>
        .From(Parts, "t.Id", entry => entry.Key)
        .SortedBy("occurred_at", "t.OccurredAt", entry => entry.OccurredAt, isDescending: true)
        .FilteredBy("kind", "t.Kind", FilterType.OneOf<TimelineKind>(), Operators.Equal | Operators.In)
        .FilteredBy("channel", "t.Channel", FilterType.OneOf<InteractionChannel>(), Operators.Equal | Operators.In)
        .FilteredBy("occurred_at", "t.OccurredAt", FilterType.Time, Operators.Range);
}
