namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// A model of when customers buy and when they silently leave. Time is in weeks. Every method is total: impossible input is moved
/// to the nearest possible history, and every answer is finite and not negative (a log-likelihood may be below zero).
/// </summary>
public abstract class PurchaseModel
{
    private protected PurchaseModel(ModelKind kind, params ReadOnlySpan<(string Name, double Value)> parameters)
    {
        Kind = kind;
        foreach (var (name, value) in parameters)
            if (!(value > 0) || !double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, "A parameter is a positive number.");
        Parameters = [.. parameters];
    }

    public ModelKind Kind { get; }

    /// <summary>In the order of the papers.</summary>
    public IReadOnlyList<(string Name, double Value)> Parameters { get; }

    /// <summary>The log-density of a customer's purchases at the times they happened, as the papers define it for (x, t_x, T).</summary>
    public double LogLikelihood(int frequency, double recency, double age) => LogLikelihood(History.Of(frequency, recency, age));

    /// <summary>The probability that the customer has not left by the end of the observation.</summary>
    public double ProbabilityAlive(int frequency, double recency, double age) => ProbabilityAlive(History.Of(frequency, recency, age));

    public double ProbabilityAlive(in CustomerSummary customer) => ProbabilityAlive(History.Of(customer));

    /// <summary>CET: purchases expected in the <paramref name="weeks"/> after the observation.</summary>
    public double ExpectedPurchases(int frequency, double recency, double age, double weeks) =>
        ExpectedPurchases(History.Of(frequency, recency, age), weeks);

    public double ExpectedPurchases(in CustomerSummary customer, double weeks) => ExpectedPurchases(History.Of(customer), weeks);

    /// <summary>E[X(t)]: repeat purchases expected of a customer in the <paramref name="weeks"/> after the very first purchase.</summary>
    public abstract double ExpectedPurchasesOfNewCustomer(double weeks);

    /// <summary>The whole distribution of the number of purchases in the <paramref name="weeks"/> after the observation.</summary>
    public PurchaseCounts Counts(in CustomerSummary customer, double weeks)
    {
        var history = History.Of(customer);
        return new PurchaseCounts(ProbabilityAlive(history), CountsIfAlive(history, History.Weeks(weeks)));
    }

    internal abstract double LogLikelihood(in History history);

    internal abstract double ProbabilityAlive(in History history);

    internal abstract double ExpectedPurchasesIfAlive(in History history, double weeks);

    internal abstract CountsIfAlive CountsIfAlive(in History history, double weeks);

    private double ExpectedPurchases(in History history, double weeks) =>
        ProbabilityAlive(history) * ExpectedPurchasesIfAlive(history, History.Weeks(weeks));
}
