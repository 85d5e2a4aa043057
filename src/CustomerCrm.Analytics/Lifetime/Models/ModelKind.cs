namespace CustomerCrm.Analytics.Lifetime;

/// <summary>The three counting models, in the order in which a tie between them is decided.</summary>
public enum ModelKind
{
    /// <summary>Fader, Hardie and Lee 2005.</summary>
    BgNbd,

    /// <summary>Schmittlein, Morrison and Colombo 1987.</summary>
    ParetoNbd,

    /// <summary>Batislam, Denizel and Filiztekin 2007; Hoppe and Wagner 2007.</summary>
    MbgNbd,
}
