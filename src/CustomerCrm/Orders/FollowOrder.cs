using CustomerCrm.Platform.Data;

namespace CustomerCrm.Orders;

/// <summary>The order is another customer's: what others keep of it goes the same way. They know of orders, and orders not of them.</summary>
public sealed record FollowOrder(Id<Order> OrderId);
