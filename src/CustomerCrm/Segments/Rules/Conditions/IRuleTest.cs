using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules.Conditions;

/// <summary>
/// A test of a rule that looks at more than the customer's own row. Like a field it is asked in two ways that must agree:
/// as a condition, and of what was seen of one customer.
/// </summary>
internal interface IRuleTest
{
    /// <summary>What it is called in a rule.</summary>
    string Kind { get; }

    /// <summary>True or false for every customer, never NULL.</summary>
    Condition ToCondition(RuleMoment at);

    /// <summary>What the test is about, of one customer, as the explanation shows it.</summary>
    Task<object> LookAsync(TenantDb db, Id<Customer> customerId, RuleMoment at, CancellationToken ct);

    bool Holds(object seen);

    /// <summary>Where it draws lines in time. Always as many, in the same order.</summary>
    IEnumerable<Boundary> BoundariesAt(RuleMoment at);
}
