using CustomerCrm.Insights.Backtests;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Insights.Purchases;
using CustomerCrm.Insights.Retention;
using CustomerCrm.Insights.Rfm;
using CustomerCrm.Insights.Values;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.OpenApi.Answering;

namespace CustomerCrm.Insights;

public static class InsightRoutes
{
    public static IServiceCollection AddInsights(this IServiceCollection services) => services
        .AddScoped<ReportDay>().AddScoped<PurchaseReader>().AddScoped<PurchaseReports>().AddSingleton<RecentReports>()
        .AddScoped<FitStore>().AddScoped<ScoreWriter>().AddScoped<CustomerValuer>()
        .AddScoped<BacktestStore>()
        .AddJob<FitModelsJob, FitModels>().AddJob<RunBacktestJob, RunBacktest>().AddJob<PruneFitsJob, PruneFits>();

    /// <summary>What orders say about the future and the past: lifetime values by fitted models, retention by cohort, repeat rates, RFM groups.</summary>
    public static void MapInsights(this IEndpointRouteBuilder api)
    {
        var insights = api.MapGroup("/insights").WithTags("Insights");

        insights.MapPost("/fits", StartFit.Handle).Needs("insights:write").MayAnswer(409, "fits_waiting").Describe("Fit the lifetime models",
            "Queues a run of BG/NBD, Pareto/NBD, MBG/NBD and Gamma-Gamma over all orders up to `as_of`, as the one of every night. Poll the run until its `status` is `finished`, `superseded` (a later run publishes in its place) or `failed`: then its job was given up, `failure_code` says why, and a replay of that job (`GET /v1/jobs?filter[status][eq]=dead&filter[kind][eq]=fit_models`) begins it anew. A run that publishes replaces the scores in the list of customers, the 360 view and segments; one with an `as_of` of its own does so only if `publish` is true. At most ten runs wait at a time. A run is kept for 90 days, and the one that published last for as long as it is the last.");
        insights.MapGet("/fits", ListFits.Handle).Needs("insights:read").Lists(ListFits.List).Describe("List runs of the models",
            "Newest first, with what each found: parameters, totals and how the models did on a holdout.");
        insights.MapGet("/fits/{fit_id}", StartFit.Show).Needs("insights:read").Describe("Show a run of the models",
            "All three models with parameters, standard errors, log-likelihood, totals and how each did on a holdout; `chosen` marks the one with the better holdout likelihood. What does not rest on enough says so: `sufficient` and `reason`.");
        insights.MapGet("/customers", ListCustomerValues.Handle).Needs("insights:read").Lists(ListCustomerValues.List).MayAnswer(404, "not_found").MayAnswer(409, "fit_not_finished").Describe("List customers' values by a run",
            "Everyone who had ordered by the run's day: probability alive, expected purchases, expected spend and twelve-month value with 80 % intervals. `fit` is the run (the published one if nothing is said), `model` one of `bg_nbd`, `pareto_nbd`, `mbg_nbd` (the chosen one if nothing is said). For the best first, list customers with `sort=-cltv`.");
        insights.MapPost("/backtests", StartBacktest.Handle).Needs("insights:write").Describe("Back-test the value models",
            "Queues a look back: the models are fitted to the orders up to `fit_to`, and what they foretell of each customer up to `until` is compared with what happened, beside three plain rules (each customer's own rate so far, the mean of all, the last period repeated). Poll it until its `status` is `finished`, when its `verdict` says `use_it`, `not_better` or `not_enough_data`, or `failed`: then its job was given up, `failure_code` says why, and a replay of that job (`GET /v1/jobs?filter[status][eq]=dead&filter[kind][eq]=run_backtest`) begins it anew.");
        insights.MapGet("/backtests", ListBacktests.Handle).Needs("insights:read").Lists(ListBacktests.List).Describe("List back-tests",
            "Newest first, with what each found: errors of the models and the plain rules, calibration and the verdict.");
        insights.MapGet("/backtests/{backtest_id}", StartBacktest.Show).WithName("ShowBacktest").Needs("insights:read").Describe("Show a back-test",
            "For each model and each plain rule: what was foretold in all and what happened, bias, mean absolute error, RMSE, and the share that the best tenth of customers by forecast really had; for each model its calibration by how often customers had bought again; and a plain verdict.");
        insights.MapGet("/retention", ShowRetention.Handle).Needs("insights:read").MayTakeLong().MayLag().Describe("Show retention by cohort",
            "Cohorts by the month of the first purchase. `basis` is `calendar_month` or `elapsed_30d` (each customer's own clock), `kind` is `on`, `on_or_after` or, by calendar month, `cumulative_repeat`. `as_of` is the last day looked at, yesterday if nothing is said; `cohorts` how many of the latest cohorts, 24 if nothing is said. Every cell carries its count, n and Wilson interval.");
        insights.MapGet("/repeat_rates", ShowRepeatRates.Handle).Needs("insights:read").MayLag().Describe("Show repeat and churn rates",
            "The repeat purchase rate, repeats within 30 to 365 days, who bought nothing in the last 30 to 365 days, retention quarter over quarter and the days between purchases, as of a day.");
        insights.MapGet("/rfm", ShowRfm.Handle).Needs("insights:read").MayLag().Describe("Show the RFM groups",
            "Recency, frequency and monetary quintiles put every customer into one of eleven named groups: their sizes, spend and definition, as of a day.");

        api.MapGroup("/customers").WithTags("Insights").MapGet("/{customer_id}/value", ShowCustomerValue.Handle).Needs("insights:read").MayAnswer(409, "fit_not_finished").Describe("Show a customer's value",
            "Probability alive, expected purchases, expected spend and twelve-month value with 80 % intervals, by the published run and its chosen model, or by another `fit` and `model` (`bg_nbd`, `pareto_nbd`, `mbg_nbd`). Computed from the run's parameters and the customer's orders up to the run's day.");
    }
}
