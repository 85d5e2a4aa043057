namespace CustomerCrm.Customers.Identities.Forms;

/// <summary>What a customer can be recognised by. The numbers are stored.</summary>
public enum IdentityKind
{
    Email = 1,
    Phone = 2,

    /// <summary>The customer's id in another system, which its source names: <c>shop</c>.</summary>
    External = 3,

    /// <summary>A handle in a social network, which its source names: <c>instagram</c>.</summary>
    Social = 4,
}
