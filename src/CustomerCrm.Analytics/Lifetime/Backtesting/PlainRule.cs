namespace CustomerCrm.Analytics.Lifetime;

/// <summary>What somebody without a model would foretell.</summary>
public enum PlainRule
{
    /// <summary>Each customer goes on as before: repeat purchases by the time since the first one, at the customer's own mean amount.</summary>
    PastRate,

    /// <summary>Everybody does what all did on the average: all repeat purchases by all time, at the mean amount of all.</summary>
    Mean,

    /// <summary>Each customer does again what was done in the last period, as long as the one that is foretold.</summary>
    LastPeriod,
}

internal static class PlainRules
{
    /// <summary>What the rule foretells of each customer for the coming weeks.</summary>
    public static Prediction[] Predict(PlainRule rule, BacktestCustomer[] customers, double weeks)
    {
        var (time, days) = (customers.Sum(c => c.Before.Age), customers.Sum(c => c.Before.Frequency + 1.0));
        var rate = time > 0 ? customers.Sum(c => (double)c.Before.Frequency) / time : 0;
        var amount = days > 0 ? customers.Sum(c => c.MeanAmount * (c.Before.Frequency + 1)) / days : 0;
        return Array.ConvertAll(customers, customer => rule switch
        {
            PlainRule.PastRate => Prediction.Of(customer.Before.Age > 0 ? customer.Before.Frequency / customer.Before.Age * weeks : 0, customer.MeanAmount),
            PlainRule.Mean => Prediction.Of(rate * weeks, amount),
            _ => new Prediction(customer.LastPurchases, customer.LastSpend),
        });
    }
}

/// <summary>Of one customer: how many purchases, and what they come to.</summary>
internal readonly record struct Prediction(double Purchases, double Spend)
{
    public static Prediction Of(double purchases, double amount) => new(purchases, purchases * amount);
}
