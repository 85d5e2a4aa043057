namespace CustomerCrm.Suppressions;

/// <summary>Why nothing is sent to an address any more. The numbers are stored.</summary>
public enum SuppressionReason
{
    /// <summary>It does not exist, says its provider.</summary>
    HardBounce = 1,

    /// <summary>Whoever reads it called a message spam.</summary>
    Complaint = 2,

    /// <summary>STOP was sent from it.</summary>
    Stop = 3,

    /// <summary>Somebody of the tenant said so.</summary>
    Manual = 4,

    /// <summary>Whoever had it was erased.</summary>
    Erased = 5,
}
