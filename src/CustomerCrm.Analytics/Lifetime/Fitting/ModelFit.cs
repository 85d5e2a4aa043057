namespace CustomerCrm.Analytics.Lifetime;

/// <summary>A model with the parameters most likely for some customers, and whether it rests on enough of them.</summary>
public sealed record ModelFit
{
    public required ModelKind Kind { get; init; }

    /// <summary>
    /// Null when nothing can be fitted: nobody, no time, or nobody who came back. It is there, and usable, in the other cases
    /// that are not sufficient.
    /// </summary>
    public required PurchaseModel? Model { get; init; }

    public required double LogLikelihood { get; init; }

    /// <summary>In the order of <see cref="PurchaseModel.Parameters"/>; null when the likelihood has no peak to measure.</summary>
    public required IReadOnlyList<double>? StandardErrors { get; init; }

    public required int Customers { get; init; }

    public required int Repeaters { get; init; }

    public required int Iterations { get; init; }

    public required Sufficiency Sufficiency { get; init; }
}
