namespace CustomerCrm.Links;

/// <summary>What a link lets its bearer do. The numbers stand in signed links.</summary>
public enum CustomerLinkKind
{
    /// <summary>Says no to one channel, purpose and topic.</summary>
    Unsubscribe = 1,

    /// <summary>Sees and changes all of the customer's preferences.</summary>
    Preferences = 2,

    /// <summary>Confirms what was asked in their name.</summary>
    OptIn = 3,

    /// <summary>Reads what is for customers on the help pages.</summary>
    Help = 8,
}
