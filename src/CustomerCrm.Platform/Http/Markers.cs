using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Http;

/// <summary>What a route says of itself beside its method and path.</summary>
public static class Markers
{
    /// <summary>A POST that only computes: no transaction, and a repeat is harmless by itself.</summary>
    public static TBuilder ReadsOnly<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new ReadsOnlyMarker());

    /// <summary>
    /// Opens its transaction itself, when what is slow is done: a password is never hashed while other writers wait. It takes no
    /// <c>Idempotency-Key</c>, so a repeat must be harmless or refused by what it is about.
    /// </summary>
    public static TBuilder OpensItsOwnTransaction<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new OwnTransactionMarker());

    /// <summary>Changes a person, who belongs to the installation: its transaction is that of the directory too.</summary>
    public static TBuilder ChangesPeople<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new PeopleMarker());

    /// <summary>Counts over all that a tenant has, and may take longer than a request usually may.</summary>
    public static TBuilder MayTakeLong<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new LongMarker());

    /// <summary>Starts work in the background, which need not stand back for this very request.</summary>
    public static TBuilder StartsWork<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new StartsWorkMarker());

    /// <summary>A report or a search: what it shows may be some seconds old, so a secondary may be asked. Lists may be by themselves.</summary>
    public static TBuilder MayLag<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new LagMarker());

    /// <summary>A list on which somebody acts at once, such as who may be written to: never from a secondary.</summary>
    public static TBuilder ReadsCurrent<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new CurrentMarker());

    /// <summary>A repeat would cost somebody money or patience: 400 without an <c>Idempotency-Key</c>.</summary>
    public static TBuilder NeedsIdempotencyKey<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new NeedsKeyMarker());

    /// <summary>Answers pages of this list, with its filters and orders.</summary>
    public static TBuilder Lists<TBuilder>(this TBuilder route, IListDefinition list) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(list);

    /// <summary>What the OpenAPI document says: a summary of a few words and what an integrator must know.</summary>
    public static TBuilder Describe<TBuilder>(this TBuilder route, string summary, string description) where TBuilder : IEndpointConventionBuilder =>
        route.WithSummary(summary).WithDescription(description);
}

internal sealed record ReadsOnlyMarker;

internal sealed record OwnTransactionMarker;

internal sealed record LongMarker;

internal sealed record StartsWorkMarker;

internal sealed record LagMarker;

internal sealed record CurrentMarker;

internal sealed record NeedsKeyMarker;

internal sealed record PeopleMarker;
