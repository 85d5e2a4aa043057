using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Insights.Purchases;
using CustomerCrm.Insights.Values;
using CustomerCrm.Tenant;

namespace CustomerCrm.Insights.Fits;

/// <summary>From purchases to what a run found. Pure.</summary>
internal static class FitAnalysis
{
    public static FitResult ResultOf(PurchaseHistory history, LifetimeAnalysis analysis, TenantSettings tenant)
    {
        var lacking = analysis.Chosen is not { } chosen
            ? analysis.Fits[0].Sufficiency
            : analysis.Fit(chosen).Sufficiency is { IsSufficient: false } ofModel ? ofModel : analysis.Spend.Sufficiency;
        var result = new FitResult
        {
            From = analysis.From,
            N = analysis.Customers.Count,
            Repeaters = analysis.Customers.Count(customer => customer.Frequency > 0),
            Orders = history.Orders,
            LeftOut = history.LeftOut,
            TimeZone = tenant.TimeZone,
            Currency = tenant.Currency,
            DiscountRate = tenant.DiscountRate,
            HorizonMonths = new ForecastTerms().Months,
            Method = "maximum_likelihood",
            Chosen = analysis.Chosen,
            ChosenBy = analysis.ChosenBy,
            Sufficient = lacking.IsSufficient,
            Reason = Reason.Of(lacking),
            Models = [.. analysis.Fits.Select(fit => ModelOf(fit, analysis))],
            Spend = SpendOf(analysis.Spend),
            Holdout = HoldoutOf(analysis.Holdout),
            RetentionBounds = RetentionBounds.Of(history.Days),
        };

        var valuation = new Valuation(result);
        return result with
        {
            Models = [.. result.Models.Select(model => valuation.Total(analysis.Customers, model.Model) is { } total
                ? model with { TotalExpectedPurchases = total.Purchases, TotalCltvMinor = total.CltvMinor }
                : model)],
        };
    }

    private static FittedModel ModelOf(ModelFit fit, LifetimeAnalysis analysis) => new()
    {
        Model = fit.Kind,
        Chosen = fit.Kind == analysis.Chosen,
        Parameters = fit.Model?.Parameters.ToDictionary(p => p.Name, p => p.Value),
        StandardErrors = fit.Model is { } model && fit.StandardErrors is { } errors
            ? model.Parameters.Zip(errors, (parameter, error) => (parameter.Name, error)).ToDictionary(p => p.Name, p => p.error)
            : null,
        LogLikelihood = fit.Model is null ? null : fit.LogLikelihood,
        Holdout = analysis.Holdout.Scores.FirstOrDefault(score => score.Kind == fit.Kind) is { } score ? TrialOf(score) : null,
        Sufficient = fit.Sufficiency.IsSufficient,
        Reason = Reason.Of(fit.Sufficiency),
    };

    private static FittedSpend SpendOf(SpendFit spend) => new()
    {
        Parameters = spend.Model is { } model ? Named(model.P, model.Q, model.V) : null,
        StandardErrors = spend is { Model: not null, StandardErrors: [var p, var q, var v] } ? Named(p, q, v) : null,
        LogLikelihood = spend.Model is null ? null : spend.LogLikelihood,
        N = spend.Customers,
        WithoutSpend = spend.WithoutSpend,
        ObservedMean = spend.ObservedMean,
        Correlation = spend.Correlation.Value,
        CorrelationLow = spend.Correlation.Low,
        CorrelationHigh = spend.Correlation.High,
        Sufficient = spend.Sufficiency.IsSufficient,
        Reason = Reason.Of(spend.Sufficiency),
    };

    private static Dictionary<string, double> Named(double p, double q, double v) => new() { ["p"] = p, ["q"] = q, ["v"] = v };

    private static HeldOut HoldoutOf(HoldoutReport holdout) => new()
    {
        CalibrationEnd = holdout.CalibrationEnd,
        HoldoutEnd = holdout.HoldoutEnd,
        N = holdout.Customers,
        Level = holdout.Level,
        Sufficient = holdout.Sufficiency.IsSufficient,
        Reason = Reason.Of(holdout.Sufficiency),
    };

    private static HeldOutModel TrialOf(HoldoutScore score) => new()
    {
        LogLikelihood = score.LogPredictive,
        ExpectedPurchases = score.ExpectedPurchases,
        ActualPurchases = score.ActualPurchases,
        MeanAbsoluteError = score.MeanAbsoluteError,
        PurchaseCoverage = RateFigure.Of(score.PurchaseCoverage),
        ExpectedPurchaseCoverage = score.ExpectedPurchaseCoverage,
        SpendCoverage = RateFigure.Of(score.SpendCoverage),
        ExpectedSpendCoverage = score.ExpectedSpendCoverage,
    };
}
