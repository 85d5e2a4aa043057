namespace CustomerCrm.Customers.Contacting;

/// <summary>
/// Why a customer is written to: transactional, because of something they just did (a receipt, a password); service, because of what they have
/// (a delivery that is late); marketing, to sell. The numbers are stored, and stand in signed links.
/// </summary>
public enum MessagePurpose
{
    Transactional = 1,
    Service = 2,
    Marketing = 3,
}
