namespace CustomerCrm.Analytics.Retention;

/// <summary>When a customer counts as retained in a period.</summary>
public enum Counting
{
    /// <summary>He bought in the period itself.</summary>
    On,

    /// <summary>He bought in the period or in any later one: not yet lost.</summary>
    OnOrAfter,
}
