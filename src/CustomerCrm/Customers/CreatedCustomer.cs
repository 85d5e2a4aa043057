using System.Diagnostics.CodeAnalysis;
using CustomerCrm.Customers.Identities;

namespace CustomerCrm.Customers;

/// <summary>The data of <c>customer.created</c>: one change is one event, so the identities that the customer came with are in it.</summary>
public sealed record CreatedCustomer : Customer
{
    [SetsRequiredMembers]
    public CreatedCustomer(Customer customer, IReadOnlyList<Identity> identities) : base(customer) => Identities = identities;

    /// <summary>What the customer can be found by. Those that come later are events of their own, <c>identity.added</c>.</summary>
    public IReadOnlyList<Identity> Identities { get; }
}
