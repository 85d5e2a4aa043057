namespace CustomerCrm.Consents;

/// <summary>
/// By what right somebody is written to: those of article 6 of the GDPR, and the soft opt-in of existing customers (article 13(2) of directive
/// 2002/58/EC). The numbers are stored.
/// </summary>
public enum LegalBasis
{
    Consent = 1,
    Contract = 2,
    LegitimateInterest = 3,
    SoftOptIn = 4,
    LegalObligation = 5,
    VitalInterest = 6,
    PublicTask = 7,
}
