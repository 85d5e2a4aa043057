namespace CustomerCrm.Analytics.Sentiment;

/// <summary>How somebody seems to feel.</summary>
public enum SentimentLabel
{
    Negative = 1,
    Neutral = 2,
    Positive = 3,

    /// <summary>Praise and complaint, neither of them by far the stronger.</summary>
    Mixed = 4,
}

/// <summary>What a text says of how somebody feels, and which words say so.</summary>
public sealed record SentimentReading
{
    /// <summary>From -1 to 1; 0 where nothing was found.</summary>
    public required double Score { get; init; }

    public required SentimentLabel Label { get; init; }

    /// <summary>From 0 to 1: how much of what was found points the way of the label, less where little was found. Not a probability: see the accuracy.</summary>
    public required double Confidence { get; init; }

    /// <summary>ISO 639-1; null where no language was recognised, and then only emoji count.</summary>
    public required string? Language { get; init; }

    /// <summary>What was found, in the order of the text; the first 100.</summary>
    public required IReadOnlyList<SentimentEvidence> Evidence { get; init; }
}

/// <summary>One word, phrase or emoji that says something.</summary>
public sealed record SentimentEvidence
{
    /// <summary>As it stands in the text.</summary>
    public required string Text { get; init; }

    /// <summary>Where: the first character, from 0.</summary>
    public required int Start { get; init; }

    /// <summary>What the lexicon says of it, from -3 to 3.</summary>
    public required double Weight { get; init; }

    /// <summary>What it counts here, after all that stands around it.</summary>
    public required double Counted { get; init; }

    /// <summary>Why the two differ: <c>negated</c>, <c>boosted</c>, <c>dampened</c>, <c>shouted</c>, <c>drawn_out</c>, <c>exclaimed</c>, <c>after_contrast</c>, <c>before_contrast</c>.</summary>
    public required IReadOnlyList<string> Effects { get; init; }
}
