using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.ProviderCallbacks.Inbound;

/// <summary>
/// Where what customers write goes: a ticket, a conversation. They are asked in the order of <see cref="Order"/>, in the transaction of the callback, until
/// one takes it; the last, interactions, takes everything.
/// </summary>
public interface IInboundRouter
{
    /// <summary>The smaller comes first; interactions are <see cref="int.MaxValue"/>.</summary>
    int Order { get; }

    /// <returns>Whose it became; null: not mine.</returns>
    Task<Id<Customer>?> TakeAsync(InboundMessage message, CancellationToken ct);
}
