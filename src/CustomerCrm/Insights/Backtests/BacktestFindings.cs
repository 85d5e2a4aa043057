using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Insights.Purchases;
using CustomerCrm.Money;
using CustomerCrm.Tenant;

namespace CustomerCrm.Insights.Backtests;

/// <summary>From the mathematics' report to what the API shows: amounts in minor units, and the verdict in words. Pure.</summary>
internal static class BacktestFindings
{
    public static BacktestResult ResultOf(PurchaseHistory history, BacktestReport report, TenantSettings tenant)
    {
        var unit = Math.Pow(10, Currencies.MinorDigits(tenant.Currency));
        return new BacktestResult
        {
            N = report.Customers,
            Repeaters = report.Repeaters,
            Days = report.Until.DayNumber - report.FitTo.DayNumber,
            LeftOut = history.LeftOut,
            TimeZone = tenant.TimeZone,
            Currency = tenant.Currency,
            Chosen = report.Chosen,
            Verdict = JudgementOf(report.Verdict),
            Models = [.. report.Models.Select(model => new TestedModel
            {
                Model = model.Kind,
                Chosen = model.Kind == report.Chosen,
                Purchases = ScoreOf(model.Purchases, 1),
                Spend = ScoreOf(model.Spend, unit),
                Calibration = [.. model.Classes.Select(one => ClassOf(one, unit))],
                Sufficient = model.Sufficiency.IsSufficient,
                Reason = Reason.Of(model.Sufficiency),
            })],
            PlainRules = [.. report.Rules.Select(rule => new TestedRule { Rule = rule.Rule, Purchases = ScoreOf(rule.Purchases, 1), Spend = ScoreOf(rule.Spend, unit) })],
        };
    }

    private static BacktestJudgement JudgementOf(BacktestVerdict verdict) => new()
    {
        Code = verdict.Code,
        Detail = verdict.Code switch
        {
            VerdictCode.UseIt => "Use it: its errors are smaller than those of every plain rule, by more than chance.",
            VerdictCode.NotBetter => $"Not better than the plain rule here: {InWords(verdict.BestRule)} does as well.",
            _ => $"Not enough data to judge by: {verdict.Sufficiency.Reason}",
        },
        BestRule = verdict.BestRule,
        JudgedBy = verdict.IsBySpend ? "spend" : "purchases",
        Reason = Reason.Of(verdict.Sufficiency),
    };

    private static string InWords(PlainRule? rule) => rule switch
    {
        PlainRule.PastRate => "each customer's own rate so far",
        PlainRule.Mean => "the mean of all customers",
        _ => "the last period repeated",
    };

    private static TestScore ScoreOf(PredictionScore score, double unit) => new()
    {
        Predicted = score.Predicted * unit,
        Actual = score.Actual * unit,
        Bias = score.Bias,
        MeanAbsoluteError = score.MeanAbsoluteError * unit,
        Rmse = score.RootMeanSquareError * unit,
        TopTenthShare = score.TopTenthShare,
    };

    private static TestedClass ClassOf(FrequencyClass one, double unit) => new()
    {
        Frequency = one.Frequency,
        N = one.Customers,
        PredictedPurchases = one.PredictedPurchases,
        ActualPurchases = one.ActualPurchases,
        PredictedSpend = one.PredictedSpend * unit,
        ActualSpend = one.ActualSpend * unit,
    };
}
