namespace CustomerCrm.Orders;

/// <summary>How far an order is paid. The numbers are stored.</summary>
public enum PaymentStatus
{
    /// <summary>Nothing has been paid yet: a bank transfer, an invoice, cash on delivery.</summary>
    Pending = 1,

    /// <summary>The money is reserved, not taken.</summary>
    Authorized = 2,
    Paid = 3,

    /// <summary>A part was paid back.</summary>
    PartiallyRefunded = 4,

    /// <summary>All was paid back.</summary>
    Refunded = 5,

    /// <summary>The payment was refused: no purchase.</summary>
    Failed = 6,

    /// <summary>The reservation was given back: no purchase.</summary>
    Voided = 7,
}
