namespace CustomerCrm.Customers.Contacting;

/// <summary>The way by which a customer is written to. The numbers are stored, and stand in signed links.</summary>
public enum MessageChannel
{
    Email = 1,
    Sms = 2,
}
