using System.Globalization;

namespace CustomerCrm.Analytics.Topics;

/// <summary>
/// Whether a classifier learnt from these texts may be believed: every text is read once by a model that did not learn from it (stratified
/// cross-validation), and it must be right more often than always naming the commonest topic would be.
/// </summary>
public sealed record TopicTrial
{
    public const int Folds = 5, LeastTopics = 2, LeastTextsOfTopic = 20;
    public const double LeastAccuracy = 0.7;

    /// <summary>Every topic there is a text of, in ordinal order.</summary>
    public required IReadOnlyList<TopicEvidence> Topics { get; init; }

    /// <summary>How often the topic was right, of those with enough texts.</summary>
    public required Rate Accuracy { get; init; }

    /// <summary>How often always naming the commonest would have been.</summary>
    public required double? Baseline { get; init; }

    /// <summary>Whether it may be used, and why not.</summary>
    public required Sufficiency Sufficiency { get; init; }

    /// <summary>What the model is to be trained on: the topics that have enough.</summary>
    public static IReadOnlyList<LabelledText> Usable(IReadOnlyCollection<LabelledText> texts)
    {
        var enough = texts.CountBy(t => t.Topic).Where(t => t.Value >= LeastTextsOfTopic).Select(t => t.Key).ToHashSet(StringComparer.Ordinal);
        return [.. texts.Where(t => enough.Contains(t.Topic))];
    }

    /// <param name="texts">Always in the same order, the trial is always the same.</param>
    public static TopicTrial Run(IReadOnlyCollection<LabelledText> texts)
    {
        var usable = Usable(texts);
        var guesses = usable.Select(t => t.Topic).Distinct().Count() < LeastTopics ? [] : Guesses(usable);
        TopicEvidence[] topics =
        [
            .. from topic in texts.Select(t => t.Topic).Distinct().Order(StringComparer.Ordinal)
               let count = texts.Count(t => t.Topic == topic)
               let isUsed = count >= LeastTextsOfTopic && guesses.Count > 0
               select new TopicEvidence
               {
                   Topic = topic,
                   Texts = count,
                   IsEnough = count >= LeastTextsOfTopic,
                   Recall = isUsed ? Rate.Of(guesses.Count(g => g.Topic == topic && g.Guess == topic), count) : null,
                   Precision = isUsed ? Rate.Of(guesses.Count(g => g.Topic == topic && g.Guess == topic), guesses.Count(g => g.Guess == topic)) : null,
               },
        ];
        var accuracy = Rate.Of(guesses.Count(g => g.Topic == g.Guess), guesses.Count);
        double? baseline = guesses.Count == 0 ? null : (double)usable.CountBy(t => t.Topic).Max(t => t.Value) / usable.Count;
        return new TopicTrial { Topics = topics, Accuracy = accuracy, Baseline = baseline, Sufficiency = WhyNot(topics, accuracy, baseline) };
    }

    private static Sufficiency WhyNot(TopicEvidence[] topics, Rate accuracy, double? baseline) =>
        topics.Count(t => t.IsEnough) < LeastTopics
            ? Sufficiency.Lacks("too_few_texts", string.Create(CultureInfo.InvariantCulture, $"At least {LeastTopics} topics need {LeastTextsOfTopic} solved tickets each; {topics.Count(t => t.IsEnough)} have them."))
        : accuracy.Value < LeastAccuracy
            ? Sufficiency.Lacks("too_inaccurate", string.Create(CultureInfo.InvariantCulture, $"It was right about {accuracy.Value:P0} of the tickets that it had not learnt from; {LeastAccuracy:P0} are needed."))
        : accuracy.Low <= baseline
            ? Sufficiency.Lacks("no_better_than_guessing", string.Create(CultureInfo.InvariantCulture, $"Always naming the commonest topic would be right about {baseline:P0}; that it is better than that is not shown."))
        : Sufficiency.Enough;

    // Each topic's texts are dealt out in turn, so that every fold has some of each.
    private static List<(string Topic, string Guess)> Guesses(IReadOnlyList<LabelledText> texts)
    {
        (LabelledText Text, int Fold)[] dealt = [.. texts.GroupBy(t => t.Topic).SelectMany(topic => topic.Select((text, i) => (text, i % Folds)))];
        var guesses = new List<(string, string)>(dealt.Length);
        for (var fold = 0; fold < Folds; fold++)
        {
            var model = TopicModel.Train([.. dealt.Where(d => d.Fold != fold).Select(d => d.Text)]);
            guesses.AddRange(dealt.Where(d => d.Fold == fold).Select(d => (d.Text.Topic, model.Read(d.Text.Words).Topics[0].Topic)));
        }
        return guesses;
    }
}

/// <summary>What speaks for one topic being recognised.</summary>
public sealed record TopicEvidence
{
    public required string Topic { get; init; }

    /// <summary>How many texts there are.</summary>
    public required int Texts { get; init; }

    /// <summary>Whether they are as many as it takes; otherwise the topic is left out.</summary>
    public required bool IsEnough { get; init; }

    /// <summary>Of the texts about it, how many were recognised; null where it was not tried.</summary>
    public required Rate? Recall { get; init; }

    /// <summary>Of the texts that were said to be about it, how many were; null where it was not tried.</summary>
    public required Rate? Precision { get; init; }
}
