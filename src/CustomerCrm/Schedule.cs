using CustomerCrm.Articles.Reports;
using CustomerCrm.Articles.Views;
using CustomerCrm.Attachments;
using CustomerCrm.AutomationRules.Firings;
using CustomerCrm.Companies.Figures;
using CustomerCrm.Consents;
using CustomerCrm.Exports;
using CustomerCrm.Help;
using CustomerCrm.Imports;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Messages.Sending;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Idempotency;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Schedule;
using CustomerCrm.Products.Sales;
using CustomerCrm.ProviderCallbacks;
using CustomerCrm.RecycleBin;
using CustomerCrm.Reports.Facts;
using CustomerCrm.Search;
using CustomerCrm.Segments.Membership;
using CustomerCrm.Sentiment;
using CustomerCrm.Sentiment.Shifts;
using CustomerCrm.Topics.Training;
using CustomerCrm.Tickets.Closing;
using CustomerCrm.Track.Visitors;
using CustomerCrm.Webhooks.Deliveries;

namespace CustomerCrm;

/// <summary>
/// What runs by itself, and when. Work for each tenant is done in the tenant's own night: its time is that of the tenant's zone, and
/// it costs no more than one look at the zones every quarter of an hour. What was missed while nothing ran is done once at the next start.
/// </summary>
internal static class Schedule
{
    public static IReadOnlyList<Recurring> All =>
    [
        Recurring.Once("prune_idempotency", "0 15 3 * * ?", new PruneIdempotency()),
        Recurring.Once("prune_people", "0 30 3 * * ?", new PrunePeople()),
        Recurring.EachTenant("read_sentiments", "0 0 1 * * ?", new ReadSentiments()),
        Recurring.EachTenant("expire_consents", "0 15 1 * * ?", new ExpireConsents()),
        Recurring.EachTenant("prune_callbacks", "0 15 1 * * ?", new PruneCallbacks()),
        Recurring.EachTenant("prune_exports", "0 30 1 * * ?", new PruneExports()),
        Recurring.EachTenant("prune_imports", "0 45 1 * * ?", new PruneImports()),
        Recurring.EachTenant("prune_hook_deliveries", "0 50 1 * * ?", new PruneHookDeliveries()),
        Recurring.EachTenant("prune_firings", "0 55 1 * * ?", new PruneFirings()),
        Recurring.EachTenant("prune_article_searches", "0 57 1 * * ?", new PruneArticleSearches()),
        Recurring.EachTenant("recount_article_views", "0 10 0 * * ?", new RecountArticleViews()),
        Recurring.EachTenant("sweep_attachments", "0 5 2 * * ?", new SweepAttachments()),
        Recurring.EachTenant("prune_help_contacts", "0 58 1 * * ?", new PruneHelpContacts()),
        Recurring.EachTenant("prune_events", "0 0 2 * * ?", new PruneEvents()),
        Recurring.EachTenant("prune_webhook_deliveries", "0 10 2 * * ?", new PruneDeliveries()),
        Recurring.EachTenant("forget_visitors", "0 15 2 * * ?", new ForgetVisitors()),
        Recurring.EachTenant("close_solved_tickets", "0 20 2 * * ?", new CloseSolved()),
        Recurring.EachTenant("fit_models", "0 30 2 * * ?", new FitModels()),
        Recurring.EachTenant("prune_fits", "0 15 3 * * ?", new PruneFits()),
        Recurring.EachTenant("find_sentiment_shifts", "0 30 3 * * ?", new FindShifts()),
        Recurring.EachTenant("count_companies", "0 45 3 * * ?", new CountCompanies()),
        Recurring.EachTenant("count_products", "0 0 4 * * ?", new CountProducts()),
        Recurring.EachTenant("refresh_service_facts", "0 50 3 * * ?", new RefreshFacts()),
        Recurring.EachTenant("purge_bin", "0 0 4 * * ?", new PurgeBin()),
        Recurring.EachTenant("sweep_search", "0 15 4 * * ?", new SweepSearch()),
        Recurring.EachTenant("check_segments", "0 30 4 * * ?", new CheckSegments()),
        Recurring.EachTenant("train_topics", "0 45 4 * * ?", new TrainTopics()),
        Recurring.EachTenant("rescue_messages", "0 0 5 * * ?", new RescueMessages()),
    ];
}
