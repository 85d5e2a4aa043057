using System.Text.Json;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Search;

/// <summary>Keeps the index behind the writes: what something happened to is read again. A write costs nothing for being found later.</summary>
internal sealed class SearchConsumer(SearchKeeper keeper, JobQueue jobs) : IEventConsumer
{
    public string Name => "search";

    // A hundred documents take some milliseconds of the writer's time: so it never has more than a small part of it, and a burst of
    // thousands is found some seconds later.
    public TimeSpan Rest => TimeSpan.FromMilliseconds(100);

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        // Not while it goes on: the two would only be in each other's way.
        if (events.Any(e => e.Type is "import.finished" or "import.cancelled" or "import.failed" or "import.undone")) await jobs.EnqueueOnceAsync(new SweepSearch(), "all", ct);

        var customers = events.Where(e => e.CustomerId is not null && (Is(e, "customer.") || Is(e, "identity."))).Select(e => KeyOf(e.CustomerId!.Value)).ToList();
        var interactions = events.Where(e => Is(e, "interaction.")).Select(InteractionOf).OfType<byte[]>().ToList();
        var whole = events.Where(e => e.Type is "customer.removed" or "customer.restored").Select(e => KeyOf(e.CustomerId!.Value)).ToList();
        foreach (var customer in whole) interactions.AddRange(await keeper.InteractionsOfAsync(customer, ct));

        await keeper.ReadAgainAsync(SearchKind.Customer, customers, ct);
        await keeper.ReadAgainAsync(SearchKind.Interaction, interactions, ct);
    }

    private static bool Is(EventRow e, string beginning) => e.Type.StartsWith(beginning, StringComparison.Ordinal);

    private static byte[] KeyOf(Guid id) => id.ToByteArray(bigEndian: true);

    private static byte[]? InteractionOf(EventRow e)
    {
        using var data = JsonDocument.Parse(e.Data);
        return data.RootElement.TryGetProperty("id", out var text) && Id<Interaction>.TryRead(text.GetString(), out var id) ? id.ToBytes() : null;
    }
}
