using CustomerCrm.Platform.Data;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.Events;

/// <summary>
/// Reads every event of every tenant, in order, each as that tenant. It runs in a transaction together with the note of how
/// far it came: what it writes through <c>TenantDb</c> happens exactly once. On SQLite all writers wait meanwhile, so it does
/// nothing slow: what is slow or outbound becomes a job.
/// </summary>
public interface IEventConsumer
{
    /// <summary>Never changed, for its place is remembered by it: <c>segments</c>.</summary>
    string Name { get; }

    /// <summary>After each batch of a tenant's events it leaves the database to others for so long: for work that can wait a moment, and is more than a little.</summary>
    TimeSpan Rest => TimeSpan.Zero;

    /// <summary>
    /// Whether there is anything in them for it. Asked beside the writer, before; if not, it is moved on without a turn of its own. It only looks:
    /// what comes to be later than the events (a subscription, a rule) has nothing to do with them.
    /// </summary>
    ValueTask<bool> ConcernsAsync(IReadOnlyList<EventRow> events, CancellationToken ct) => ValueTask.FromResult(true);

    /// <summary>If it throws, nothing of it is kept and the same events come again later. Other tenants and consumers go on.</summary>
    Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct);
}

/// <summary>One change, as it was recorded.</summary>
public sealed record EventRow
{
    /// <summary>Its place in the tenant's feed: 1, 2, 3 …</summary>
    public required long Seq { get; init; }

    public required Id<Event> Id { get; init; }

    /// <summary><c>order.paid</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Whose timeline it belongs to, if anyone's.</summary>
    public required Guid? CustomerId { get; init; }

    /// <summary>History being loaded: keep figures up to date, but start nothing.</summary>
    public required bool IsQuiet { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Null where somebody asked for the change.</summary>
    public EventCause? Cause { get; init; }

    /// <summary>The resource as the API showed it: JSON.</summary>
    public required string Data { get; init; }
}

public static class EventConsumerRegistration
{
    public static IServiceCollection AddEventConsumer<TConsumer>(this IServiceCollection services) where TConsumer : class, IEventConsumer =>
        services.AddScoped<TConsumer>().AddScoped<IEventConsumer>(s => s.GetRequiredService<TConsumer>());
}
