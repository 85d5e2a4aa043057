using System.Text.Json;
using CustomerCrm.Analytics.Topics;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Tickets;

namespace CustomerCrm.Topics.Reading;

/// <summary>What a ticket is about: as it was read, with the words, and as people said.</summary>
public sealed record TicketTopicView
{
    public required Id<Ticket> TicketId { get; init; }

    /// <summary>What holds: what people said, else what was read; null: it is not known.</summary>
    public required Id<TicketTopic>? TopicId { get; init; }

    /// <summary>How it was read when it was opened; null where nothing was read.</summary>
    public required TopicRead? Read { get; init; }

    /// <summary>What a person said of it; null where nobody did. Only this is learnt from.</summary>
    public required TopicSaid? Said { get; init; }
}

/// <summary>What the classifier made of a text.</summary>
public sealed record TopicRead
{
    /// <summary>What it takes it for; null where it is not sure enough.</summary>
    public required Id<TicketTopic>? TopicId { get; init; }

    /// <summary>Each topic, the likeliest first. Naive Bayes is surer than it should be: the order is worth more than the numbers.</summary>
    public required IReadOnlyList<LikelyTopic> Topics { get; init; }

    /// <summary>The words that told it, the weightiest first: for the likeliest topic against the second; below 0 those that spoke against it.</summary>
    public required IReadOnlyList<TellingWord> Words { get; init; }

    /// <summary>How sure it must be.</summary>
    public double LeastLikelihood => Least;

    internal const double Least = 0.6;
    private const int MostWords = 20, MostTopics = 10;

    internal static TopicRead Of(TopicReading reading)
    {
        // Where it knows no word, only how common topics are speaks, and that is no reading.
        var isSure = reading.Words.Count > 0 && reading.Topics[0].Likelihood >= Least;
        return new TopicRead
        {
            TopicId = isSure ? Id<TicketTopic>.Parse(reading.Topics[0].Topic) : null,
            Topics = [.. reading.Topics.Take(MostTopics).Select(t => new LikelyTopic(Id<TicketTopic>.Parse(t.Topic), Math.Round(t.Likelihood, 4)))],
            Words = [.. reading.Words.Take(MostWords).Select(w => new TellingWord(w.Word, Math.Round(w.Weight, 4), w.Texts, w.TextsOfAll))],
        };
    }

    internal string Write() => JsonSerializer.Serialize(this, StrictJson.Options);

    internal static TopicRead? From(string? text) => text is null ? null : JsonSerializer.Deserialize<Kept>(text, StrictJson.Options) is { } kept ? new TopicRead { TopicId = kept.TopicId, Topics = kept.Topics, Words = kept.Words } : null;

    private sealed record Kept
    {
        public Id<TicketTopic>? TopicId { get; init; }
        public required IReadOnlyList<LikelyTopic> Topics { get; init; }
        public required IReadOnlyList<TellingWord> Words { get; init; }
        public double LeastLikelihood { get; init; }
    }
}

/// <param name="TopicId">What it may be about.</param>
/// <param name="Likelihood">From 0 to 1.</param>
public sealed record LikelyTopic(Id<TicketTopic> TopicId, double Likelihood);

/// <param name="Word">In lower case.</param>
/// <param name="Weight">The natural logarithm of how many times likelier the word is in one topic than in the other.</param>
/// <param name="Tickets">How many of the topic's tickets it stood in.</param>
/// <param name="TicketsOfAll">And how many of all.</param>
public sealed record TellingWord(string Word, double Weight, int Tickets, int TicketsOfAll);

/// <summary>What a person said.</summary>
public sealed record TopicSaid
{
    public required Id<TicketTopic> TopicId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Actor Actor { get; init; }
}
