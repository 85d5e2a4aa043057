using System.Globalization;
using System.Text;
using CustomerCrm.Articles.Finding;
using CustomerCrm.Articles.Reports;
using CustomerCrm.Bots.Flow;
using CustomerCrm.Bots.Talking;
using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;

namespace CustomerCrm.Bots.Answering;

/// <summary>Looks up what a bot needs: published articles, and the customer's own orders.</summary>
internal sealed class BotLookups(TenantDb db, ArticleFinder finder, ArticleLocales locales, ArticleHits hits, SearchLog log, CurrentSettings settings)
{
    private const int MostArticles = 3, MostRounds = 10;

    /// <summary>Lets the bot hear a message to its end.</summary>
    /// <param name="keeps">False: it is only tried.</param>
    /// <param name="flow">What it can.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="message">What was written.</param>
    /// <param name="facts">What is known besides.</param>
    /// <param name="customerId">Whose orders may be told; null: nobody's.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<BotMove> HearAsync(bool keeps, BotFlow flow, BotState state, string message, BotFacts facts, Id<Customer>? customerId, CancellationToken ct)
    {
        var move = BotTalk.Hear(flow, state, message, facts);
        for (var round = 0; move.Need is { } need; round++)
        {
            if (round == MostRounds) return BotTalk.GiveUp(move, facts);
            var found = need.IsOrder ? await OrderAsync(need.Text, move.State.Locale, customerId, ct) : await ArticlesAsync(keeps, need.Text ?? message, move.State.Locale, facts.IsIdentified, ct);
            move = BotTalk.GoOn(flow, move, message, found, facts);
        }
        return move;
    }

    private async Task<BotFinding> ArticlesAsync(bool keeps, string text, string locale, bool isIdentified, CancellationToken ct)
    {
        var readers = new Readership(isIdentified ? Readership.Customers : Readership.Everybody, await locales.NearestAsync(locale, ct));
        var found = await finder.FindForTextAsync(text, readers, ct);
        var shown = await hits.ReadAsync([.. found.Texts.Take(MostArticles)], found.Query, ct);
        if (keeps) await log.RecordAsync(text.Beginning(200), readers.Locale ?? "", SearchSource.Bot, shown.Count, ct);
        return new BotFinding([.. shown.Select((hit, i) => i == 0
            ? $"{hit.Title}: {hit.Summary ?? hit.Excerpt}{(hit.Url is null ? "" : $" {hit.Url}")}"
            : $"{hit.Title}{(hit.Url is null ? "" : $" {hit.Url}")}")]);
    }

    private async Task<BotFinding> OrderAsync(string? number, string locale, Id<Customer>? customerId, CancellationToken ct)
    {
        if (customerId is null) return new BotFinding([]);
        var rows = await db.QueryTopAsync<OrderRow>(number is null ? Latest : ByNumber, 1, new { CustomerId = customerId, Number = number, Key = Encoding.UTF8.GetBytes(number ?? "") }, ct);
        if (rows is not [var order]) return new BotFinding([]);
        var (texts, day) = (BotLanguages.Of(locale), (await settings.GetAsync(ct)).Calendar.DayOf(order.PlacedAt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var name = order.OrderNumber ?? order.ExternalId ?? "";
        return new BotFinding([string.Format(CultureInfo.InvariantCulture, order.CancelledAt is null ? texts.Order : texts.CancelledOrder, name, day, PaymentOf(order, texts), PlaceOf(order, texts))]);
    }

    private static string PaymentOf(OrderRow order, BotTexts texts) => order.PaymentStatus switch
    {
        PaymentStatus.Paid => texts.Paid,
        PaymentStatus.Refunded or PaymentStatus.PartiallyRefunded => texts.Refunded,
        PaymentStatus.Pending or PaymentStatus.Authorized => texts.Unpaid,
        _ => texts.PaymentFailed,
    };

    private static string PlaceOf(OrderRow order, BotTexts texts) => order.FulfillmentStatus switch
    {
        FulfillmentStatus.Unfulfilled => texts.BeingPacked,
        FulfillmentStatus.PartiallyFulfilled => texts.PartlyShipped,
        FulfillmentStatus.Fulfilled => texts.Packed,
        FulfillmentStatus.Shipped => texts.Shipped,
        FulfillmentStatus.Delivered => texts.Delivered,
        _ => texts.SentBack,
    };

    private sealed record OrderRow
    {
        public string? OrderNumber { get; init; }
        public string? ExternalId { get; init; }
        public required DateTimeOffset PlacedAt { get; init; }
        public DateTimeOffset? CancelledAt { get; init; }
        public required PaymentStatus PaymentStatus { get; init; }
        public required FulfillmentStatus FulfillmentStatus { get; init; }
    }

    private static readonly TenantSql Latest = TenantSql.Of("""
        SELECT o.OrderNumber, o.ExternalId, o.PlacedAt, o.CancelledAt, o.PaymentStatus, o.FulfillmentStatus
        FROM Orders o
        WHERE o.TenantId = @TenantId
          AND o.CustomerId = @CustomerId
        ORDER BY o.PlacedAt DESC, o.Id DESC
        """);

    private static readonly TenantSql ByNumber = TenantSql.Of("""
        SELECT o.OrderNumber, o.ExternalId, o.PlacedAt, o.CancelledAt, o.PaymentStatus, o.FulfillmentStatus
        FROM Orders o
        WHERE o.TenantId = @TenantId
          AND o.CustomerId = @CustomerId
          AND (o.OrderNumber = @Number OR o.ExternalKey = @Key)
        ORDER BY o.PlacedAt DESC, o.Id DESC
        """);
}
