namespace CustomerCrm.Orders;

/// <summary>How far the goods have come. The numbers are stored.</summary>
public enum FulfillmentStatus
{
    Unfulfilled = 1,
    PartiallyFulfilled = 2,

    /// <summary>All is packed or handed over.</summary>
    Fulfilled = 3,

    /// <summary>On its way.</summary>
    Shipped = 4,
    Delivered = 5,

    /// <summary>Sent back by the customer. Money goes back by a refund only.</summary>
    Returned = 6,
}
