using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Tests.Analytics.Lifetime;

internal static class Models
{
    /// <summary>At the published estimates of the CDNOW sample.</summary>
    public static readonly PurchaseModel[] Published =
        [new BgNbd(0.243, 4.414, 0.793, 2.426), new ParetoNbd(0.553, 10.578, 0.606, 11.669), new MbgNbd(0.525, 6.183, 0.891, 1.614)];

    public static PurchaseModel Of(ModelKind kind, double p1, double p2, double p3, double p4) => kind switch
    {
        ModelKind.BgNbd => new BgNbd(p1, p2, p3, p4),
        ModelKind.MbgNbd => new MbgNbd(p1, p2, p3, p4),
        _ => new ParetoNbd(p1, p2, p3, p4),
    };

    public static CustomerSummary Customer(int frequency, double recency, double age, double meanSpend = 0) =>
        new(1, frequency, recency, age, meanSpend);
}
