namespace CustomerCrm.Customers.Contacting;

/// <summary>What was said, or what holds. The numbers are stored.</summary>
public enum ConsentState
{
    /// <summary>Yes.</summary>
    Granted = 1,

    /// <summary>A yes that is still to be confirmed by double opt-in: it permits nothing.</summary>
    Pending = 2,

    /// <summary>No.</summary>
    Withdrawn = 3,

    /// <summary>A yes whose time is over.</summary>
    Expired = 4,
}
