using CustomerCrm.Analytics;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Insights.Purchases;

/// <summary>Every purchase up to a day, by customer, and who the customers are.</summary>
/// <param name="Days">Its customers are numbered 0, 1, 2 … in the order of <paramref name="Customers"/>.</param>
/// <param name="Customers">Ascending.</param>
/// <param name="Orders">How many orders these days are made of.</param>
/// <param name="LeftOut">Orders left out because their spend cannot be said in the tenant's currency.</param>
internal sealed record PurchaseHistory(PurchaseDays Days, IReadOnlyList<Id<Customer>> Customers, int Orders, int LeftOut);
