using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Tests.Analytics.Lifetime;

public class BacktestingTests
{
    private static readonly DateOnly Opening = new(2023, 1, 1);

    /// <summary>Fitted to 39 weeks of CDNOW's sample and compared with the next 39, each model does as the published tables say.</summary>
    [TestCase(ModelKind.BgNbd, "bgnbd")]
    [TestCase(ModelKind.MbgNbd, "mbgnbd")]
    [TestCase(ModelKind.ParetoNbd, "pnbd")]
    public void The_models_do_on_CDNOW_as_published(ModelKind kind, string name)
    {
        var reference = SharedReference.Json("reference/cdnow_sample.json");

        var model = Cdnow().Models.Single(m => m.Kind == kind);

        IsAs(reference.GetProperty("models").GetProperty(name).GetProperty("holdout"), model.Purchases);
        IsAs(reference.GetProperty("revenue").GetProperty("models_and_baselines").GetProperty($"{name}_x_gamma_gamma"), model.Spend);
        var classes = reference.GetProperty("models").GetProperty(name).GetProperty("by_calibration_frequency").EnumerateArray().ToArray();
        Assert.That(model.Classes, Has.Count.EqualTo(8));
        foreach (var (published, ours) in classes.Zip(model.Classes))
        {
            Assert.That(ours.Customers, Is.EqualTo(published.GetProperty("customers").GetInt32()));
            Assert.That(ours.ActualPurchases, Is.EqualTo(published.GetProperty("actual_mean").GetDouble()).Within(1e-9));
            Assert.That(ours.PredictedPurchases, Is.EqualTo(published.GetProperty("expected_mean").GetDouble()).Within(1e-3));
        }
    }

    [TestCase(PlainRule.PastRate, "own_repeat_rate", "own_aov_x_own_repeat_rate")]
    [TestCase(PlainRule.Mean, "global_mean_rate", "simple_aov_x_repeat_rate_x_horizon_cohort")]
    public void The_plain_rules_do_on_CDNOW_as_published(PlainRule rule, string purchases, string spend)
    {
        var reference = SharedReference.Json("reference/cdnow_sample.json");

        var ours = Cdnow().Rules.Single(r => r.Rule == rule);

        IsAs(reference.GetProperty("baselines_transactions").GetProperty(purchases), ours.Purchases);
        IsAs(reference.GetProperty("revenue").GetProperty("models_and_baselines").GetProperty(spend), ours.Spend);
    }

    [Test]
    public void On_CDNOW_the_model_is_worth_more_than_any_plain_rule()
    {
        var report = Cdnow();

        Assert.That((report.Customers, report.Repeaters), Is.EqualTo((2357, 946)));
        Assert.That((report.Verdict.Code, report.Verdict.IsBySpend), Is.EqualTo((VerdictCode.UseIt, true)));
    }

    [Test]
    public void What_the_customers_did_last_is_what_the_last_period_foretells()
    {
        var purchases = PurchaseDays.From([new(1, Opening, 5), new(1, Opening.AddDays(50), 7), new(1, Opening.AddDays(60), 9), new(1, Opening.AddDays(95), 11), new(2, Opening.AddDays(95), 1)], Opening.AddDays(100));

        var rule = Backtesting.Run(purchases, Opening.AddDays(80)).Rules.Single(r => r.Rule == PlainRule.LastPeriod);

        Assert.That((rule.Purchases.Predicted, rule.Purchases.Actual, rule.Spend.Predicted, rule.Spend.Actual), Is.EqualTo((0.0, 1.0, 0.0, 11.0)), "of days 61 to 80; the second customer was not known yet");
        Assert.That(Backtesting.Run(purchases, Opening.AddDays(74)).Rules.Single(r => r.Rule == PlainRule.LastPeriod).Spend.Predicted, Is.EqualTo(16.0), "of days 49 to 74");
    }

    [Test]
    public void Where_everybody_goes_on_for_ever_no_model_is_better_than_the_plain_rule()
    {
        var shoppers = new Shoppers(7);
        var purchases = new List<Purchase>();
        for (var i = 0; i < 400; i++)
            for (double day = i % 30; day <= 400; day += i % 2 == 0 ? 7 : 28) purchases.Add(new Purchase(i, Opening.AddDays((int)day), 10 + shoppers.Exponential()));

        var report = Backtesting.Run(PurchaseDays.From([.. purchases], Opening.AddDays(400)), Opening.AddDays(300));

        Assert.That(report.Verdict.Code, Is.Not.EqualTo(VerdictCode.UseIt));
        Assert.That(report.Verdict.BestRule, Is.EqualTo(PlainRule.PastRate).Or.EqualTo(PlainRule.LastPeriod));
    }

    [Test]
    public void Without_a_customer_there_is_not_enough_to_judge_by()
    {
        var report = Backtesting.Run(PurchaseDays.From([new(1, Opening.AddDays(50), 5)], Opening.AddDays(60)), Opening.AddDays(30));

        Assert.That((report.Customers, report.Models.Count, report.Rules.Count, report.Verdict.Code), Is.EqualTo((0, 0, 0, VerdictCode.NotEnoughData)));
        Assert.That(report.Verdict.Sufficiency.IsSufficient, Is.False);
    }

    [Test]
    public void Customers_of_whom_the_same_was_foretold_share_the_best_places()
    {
        double[] predicted = [3, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1], actual = [4, 2, 0, 1, 1, 1, 1, 0, 0, 0, 0];

        var score = PredictionScore.Of(predicted, actual);

        Assert.That(score.TopTenthShare, Is.EqualTo((4 + 1) / 10.0), "two places of eleven: the first, and half of the two that follow");
        Assert.That((score.Bias, score.MeanAbsoluteError), Is.EqualTo(((double?)0.5, 7 / 11.0)));
        Assert.That(PredictionScore.Of([1, 1], [1, 3]).TopTenthShare, Is.Null);
        Assert.That(PredictionScore.Of([1, 2], [0, 0]).Bias, Is.Null);
    }

    private static BacktestReport Cdnow() =>
        Backtesting.Run(PurchaseDays.From(SharedReference.Purchases("data/cdnow_sample.csv"), new DateOnly(1998, 6, 30)), new DateOnly(1997, 9, 30));

    private static void IsAs(System.Text.Json.JsonElement published, PredictionScore ours)
    {
        Assert.That(ours.Predicted, Is.EqualTo(published.GetProperty("total_pred").GetDouble()).Within(0.02).Percent);
        Assert.That(ours.Actual, Is.EqualTo(published.GetProperty("total_actual").GetDouble()).Within(1e-3));
        Assert.That(ours.Bias * 100, Is.EqualTo(published.GetProperty("bias_pct").GetDouble()).Within(0.05));
        Assert.That(ours.MeanAbsoluteError, Is.EqualTo(published.GetProperty("mae").GetDouble()).Within(0.02).Percent);
        Assert.That(ours.RootMeanSquareError, Is.EqualTo(published.GetProperty("rmse").GetDouble()).Within(0.02).Percent);
        // Published with ties as the sorting left them; ours shares the places.
        if (published.TryGetProperty("top10_share", out var share) && share.ValueKind == System.Text.Json.JsonValueKind.Number) Assert.That(ours.TopTenthShare, Is.EqualTo(share.GetDouble()).Within(0.002));
        else Assert.That(ours.TopTenthShare, Is.Null);
    }
}
