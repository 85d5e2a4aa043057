using System.Collections.Frozen;
using System.Text.Json;
using CustomerCrm.Companies;
using CustomerCrm.Conversations;
using CustomerCrm.Interactions;
using CustomerCrm.Notes;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Products;
using CustomerCrm.Search.Sources;

namespace CustomerCrm.Search;

/// <summary>Keeps the index behind the writes: what something happened to is read again. A write costs nothing for being found later.</summary>
internal sealed class SearchConsumer(SearchKeeper keeper, IEnumerable<ISearched> searched, JobQueue jobs) : IEventConsumer
{
    private static readonly FrozenSet<string> found = FrozenSet.Create("customer", "identity", "interaction", "company", "product", "note", "order", "import", "conversation", "ticket", "article");

    public string Name => "search";

    // A hundred documents take some milliseconds of the writer's time: so it never has more than a small part of it, and a burst of
    // thousands is found some seconds later.
    public TimeSpan Rest => TimeSpan.FromMilliseconds(100);

    public ValueTask<bool> ConcernsAsync(IReadOnlyList<EventRow> events, CancellationToken ct) => ValueTask.FromResult(events.Any(IsFound));

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        // Not while it goes on: the two would only be in each other's way.
        if (events.Any(e => e.Type is "import.finished" or "import.cancelled" or "import.failed" or "import.undone")) await jobs.EnqueueOnceAsync(new SweepSearch(), "all", ct);

        var customers = events.Where(e => e.CustomerId is not null && (Is(e, "customer.") || Is(e, "identity."))).Select(e => KeyOf(e.CustomerId!.Value)).ToList();
        var interactions = IdsOf<Interaction>(events.Where(e => Is(e, "interaction.")));
        var whole = events.Where(e => e.Type is "customer.removed" or "customer.restored").Select(e => KeyOf(e.CustomerId!.Value)).ToList();
        foreach (var customer in whole) interactions.AddRange(await keeper.InteractionsOfAsync(customer, ct));

        var companies = IdsOf<Company>(events.Where(e => e.Type is "company.created" or "company.updated" or "company.deleted"));
        var notes = IdsOf<Note>(events.Where(e => Is(e, "note.")));
        // An order's notes stand with its customer.
        var owners = events.Where(e => e.Type is "order.removed" or "order.restored" or "order.moved").Select(e => KeyOf(e.CustomerId!.Value))
            .Concat(whole).Concat(IdsOf<Company>(events.Where(e => e.Type == "company.deleted")));
        foreach (var owner in owners.DistinctBy(Convert.ToHexString)) notes.AddRange(await keeper.NotesOfAsync(owner, ct));

        var inside = IdsOf<ConversationEntry>(events.Where(e => e.Type is "conversation.note_added" or "conversation.message_redacted"));
        foreach (var owner in whole.Concat(events.Where(e => e.Type is "conversation.moved" or "conversation.removed" or "conversation.restored").Select(e => KeyOf(e.CustomerId!.Value))).DistinctBy(Convert.ToHexString)) inside.AddRange(await keeper.ConversationNotesOfAsync(owner, ct));

        await keeper.ReadAgainAsync(SearchKind.Customer, customers, ct);
        await keeper.ReadAgainAsync(SearchKind.Interaction, interactions, ct);
        await keeper.ReadAgainAsync(SearchKind.Company, companies, ct);
        await keeper.ReadAgainAsync(SearchKind.Product, IdsOf<Product>(events.Where(e => Is(e, "product."))), ct);
        await keeper.ReadAgainAsync(SearchKind.Note, notes, ct);
        await keeper.ReadAgainAsync(SearchKind.ConversationNote, inside, ct);
        foreach (var kind in searched) await keeper.ReadAgainAsync(kind.Kind, await kind.ChangedByAsync(events, ct), ct);
    }

    // Also what ends a load, and what takes a customer's or an order's own away with it.
    private static bool IsFound(EventRow e) => found.Contains(e.Type[..e.Type.IndexOf('.', StringComparison.Ordinal)]);

    private static bool Is(EventRow e, string beginning) => e.Type.StartsWith(beginning, StringComparison.Ordinal);

    private static byte[] KeyOf(Guid id) => id.ToByteArray(bigEndian: true);

    private static List<byte[]> IdsOf<T>(IEnumerable<EventRow> events) where T : IHasId
    {
        var ids = new List<byte[]>();
        foreach (var e in events)
        {
            using var data = JsonDocument.Parse(e.Data);
            if (data.RootElement.TryGetProperty("id", out var text) && Id<T>.TryRead(text.GetString(), out var id)) ids.Add(id.ToBytes());
        }
        return ids;
    }
}
