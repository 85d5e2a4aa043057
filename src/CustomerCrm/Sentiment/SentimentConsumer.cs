using System.Text.Json;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;

namespace CustomerCrm.Sentiment;

/// <summary>Reads what customers write as it comes in, history that is being loaded too: nobody is alarmed by it one by one.</summary>
internal sealed class SentimentConsumer(SentimentWriter writer) : IEventConsumer
{
    public string Name => "sentiment";

    // A page of text takes about a millisecond of the writer's time.
    public TimeSpan Rest => TimeSpan.FromMilliseconds(50);

    public ValueTask<bool> ConcernsAsync(IReadOnlyList<EventRow> events, CancellationToken ct) => ValueTask.FromResult(events.Any(HasText));

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        foreach (var id in events.Where(HasText).Select(IdOf).Distinct()) await writer.ReadAsync(id, ct);
    }

    private static bool HasText(EventRow e) => e.Type is "interaction.recorded" or "interaction.updated";

    private static Id<Interaction> IdOf(EventRow e)
    {
        using var data = JsonDocument.Parse(e.Data);
        return Id<Interaction>.TryRead(data.RootElement.GetProperty("id").GetString(), out var id) ? id : throw new InvalidOperationException("An event of an interaction without its id.");
    }
}
