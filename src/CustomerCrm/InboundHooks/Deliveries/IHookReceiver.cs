using CustomerCrm.InboundHooks.Writing;
using CustomerCrm.Platform.Access.Links;

namespace CustomerCrm.InboundHooks.Deliveries;

/// <summary>What knows what to make of the deliveries of one kind of receiver: of inbound hooks, of storefronts.</summary>
internal interface IHookReceiver
{
    EntryKind Kind { get; }

    /// <summary>The hook or storefront, as the API writes it.</summary>
    string IdOf(HookDelivery delivery);

    /// <summary>In a transaction of its own, of which nothing is kept if it throws.</summary>
    /// <exception cref="DeliveryRefusal">It cannot be applied as it is.</exception>
    /// <exception cref="Platform.Problems.ApiProblem">Nor then, where that is final; else it is tried again.</exception>
    Task<DeliveryResult> ApplyAsync(HookDelivery.Shown delivery, CancellationToken ct);
}

/// <summary>What a receiver made of a delivery.</summary>
internal sealed record DeliveryResult
{
    public required DeliveryOutcome Outcome { get; init; }
    public IReadOnlyList<Written> Written { get; init; } = [];
    public int? MappingVersion { get; init; }

    /// <summary>Of one that waits: for what.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>What others may have waited for, and is there now.</summary>
    public string? Brings { get; init; }

    /// <summary>Whom it is about.</summary>
    public Guid? Subject => Written.Select(one => one.CustomerId).FirstOrDefault(id => id is not null);
}
