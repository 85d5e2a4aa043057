namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// Looks back: fits the models to a day that is past, chooses among them as would have been done then, and compares what they foretold of
/// each customer with what happened, beside what plain rules would have said.
/// </summary>
public static class Backtesting
{
    /// <param name="purchases">Up to the end of what is to be foretold.</param>
    /// <param name="fitTo">The last day that models and rules see; before the end of <paramref name="purchases"/>.</param>
    public static BacktestReport Run(PurchaseDays purchases, DateOnly fitTo)
    {
        var customers = BacktestCustomer.Of(purchases, fitTo);
        var weeks = (purchases.Through.DayNumber - fitTo.DayNumber) / CustomerSummaries.DaysPerWeek;
        var then = LifetimeAnalysis.Of(purchases.Until(fitTo));
        var (bought, spent) = (Array.ConvertAll(customers, c => (double)c.Purchases), Array.ConvertAll(customers, c => c.Spend));

        var rules = Enum.GetValues<PlainRule>().Select(rule => (Rule: rule, Predictions: PlainRules.Predict(rule, customers, weeks))).ToArray();
        var models = then.Fits.Where(fit => fit.Model is not null).Select(fit => (Fit: fit, Predictions: Predict(fit.Model!, then.Spend, customers, weeks))).ToArray();
        return new BacktestReport
        {
            FitTo = fitTo,
            Until = purchases.Through,
            Customers = customers.Length,
            Repeaters = customers.Count(c => c.Before.Frequency > 0),
            Chosen = then.Chosen,
            Models = [.. models.Select(m => new BacktestModel
            {
                Kind = m.Fit.Kind,
                Purchases = ScoreOf(m.Predictions, p => p.Purchases, bought),
                Spend = ScoreOf(m.Predictions, p => p.Spend, spent),
                Classes = FrequencyClass.Of(customers, m.Predictions),
                Sufficiency = m.Fit.Sufficiency,
            })],
            Rules = customers.Length == 0 ? [] : [.. rules.Select(r => new BacktestRule
            {
                Rule = r.Rule,
                Purchases = ScoreOf(r.Predictions, p => p.Purchases, bought),
                Spend = ScoreOf(r.Predictions, p => p.Spend, spent),
            })],
            Verdict = VerdictOf(then, models.FirstOrDefault(m => m.Fit.Kind == then.Chosen).Predictions, rules, bought, spent),
        };
    }

    private static BacktestVerdict VerdictOf(LifetimeAnalysis then, Prediction[]? chosen, (PlainRule Rule, Prediction[] Predictions)[] rules, double[] bought, double[] spent)
    {
        // Where nobody spent anything, before or after, there is no money to be right about.
        var isBySpend = then.Spend.Sufficiency.IsSufficient || spent.Any(amount => amount > 0);
        var sufficiency = then.Chosen is not { } kind ? then.Fits[0].Sufficiency
            : then.Fit(kind).Sufficiency is { IsSufficient: false } ofFit ? ofFit
            : isBySpend ? then.Spend.Sufficiency : Sufficiency.Enough;
        if (chosen is null) return BacktestVerdict.Of(sufficiency, isBySpend, [], [], []);

        Converter<Prediction, double> by = isBySpend ? p => p.Spend : p => p.Purchases;
        return BacktestVerdict.Of(sufficiency, isBySpend, Array.ConvertAll(chosen, by), rules.Select(r => (r.Rule, Array.ConvertAll(r.Predictions, by))), isBySpend ? spent : bought);
    }

    // Customers with the same history are expected to buy equally often: of a million, most share theirs.
    private static Prediction[] Predict(PurchaseModel model, SpendFit spend, BacktestCustomer[] customers, double weeks)
    {
        var known = new Dictionary<(int, double, double), double>();
        return Array.ConvertAll(customers, customer =>
        {
            var history = (customer.Before.Frequency, customer.Before.Recency, customer.Before.Age);
            if (!known.TryGetValue(history, out var purchases)) known.Add(history, purchases = model.ExpectedPurchases(customer.Before, weeks));
            return Prediction.Of(purchases, spend.ExpectedSpend(customer.Before));
        });
    }

    private static PredictionScore ScoreOf(Prediction[] predictions, Converter<Prediction, double> of, double[] actual) => PredictionScore.Of(Array.ConvertAll(predictions, of), actual);
}
