using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Topics;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tickets;

namespace CustomerCrm.Topics.Training;

/// <summary>Whether topics are recognised, and what speaks for it.</summary>
public sealed record ClassifierStand
{
    /// <summary>Whether new tickets are read. Off until there is evidence.</summary>
    public required bool IsActive { get; init; }

    /// <summary><c>sufficient</c>, <c>never_trained</c>, <c>too_few_texts</c>, <c>too_inaccurate</c> or <c>no_better_than_guessing</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The same, in words.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset? TrainedAt { get; init; }

    /// <summary>Solved tickets of which a person has said what they are about, at the last training.</summary>
    public required int Tickets { get; init; }

    /// <summary>Of tickets that it had not learnt from, how many it was right about; null where it was not tried.</summary>
    public required double? Accuracy { get; init; }

    /// <summary>The 95 % interval of it (Wilson).</summary>
    public required double? AccuracyLow { get; init; }

    public required double? AccuracyHigh { get; init; }

    /// <summary>How many always naming the commonest topic would have been right about.</summary>
    public required double? Baseline { get; init; }

    /// <summary>What each topic has to go by.</summary>
    public required IReadOnlyList<TopicStand> Topics { get; init; }

    /// <summary>What it needs of each topic.</summary>
    public int LeastTicketsOfTopic => TopicTrial.LeastTextsOfTopic;

    public double LeastAccuracy => TopicTrial.LeastAccuracy;

    internal static ClassifierStand Never { get; } = new()
    {
        IsActive = false, Code = "never_trained", Reason = "It was never trained; that happens every night, or when it is asked for.", TrainedAt = null, Tickets = 0, Accuracy = null, AccuracyLow = null, AccuracyHigh = null, Baseline = null, Topics = [],
    };

    internal static ClassifierStand Of(TopicTrial trial, IReadOnlyDictionary<string, string> names, int tickets, DateTimeOffset at) => new()
    {
        IsActive = trial.Sufficiency.IsSufficient,
        Code = trial.Sufficiency.Code,
        Reason = trial.Sufficiency.Reason,
        TrainedAt = at,
        Tickets = tickets,
        Accuracy = trial.Accuracy.Value,
        AccuracyLow = trial.Accuracy.N == 0 ? null : trial.Accuracy.Low,
        AccuracyHigh = trial.Accuracy.N == 0 ? null : trial.Accuracy.High,
        Baseline = trial.Baseline,
        Topics = [.. trial.Topics.Select(t => new TopicStand { TopicId = Id<TicketTopic>.Parse(t.Topic), Name = names[t.Topic], Tickets = t.Texts, IsEnough = t.IsEnough, Recall = Value(t.Recall), Precision = Value(t.Precision) })],
    };

    private static double? Value(Rate? rate) => rate?.Value;
}

/// <summary>What speaks for one topic being recognised.</summary>
public sealed record TopicStand
{
    public required Id<TicketTopic> TopicId { get; init; }

    /// <summary>As it was called then.</summary>
    public required string Name { get; init; }

    public required int Tickets { get; init; }

    /// <summary>Whether they are as many as it takes; otherwise the topic is left out.</summary>
    public required bool IsEnough { get; init; }

    /// <summary>Of the tickets about it, the share that was recognised.</summary>
    public required double? Recall { get; init; }

    /// <summary>Of those that were said to be about it, the share that was.</summary>
    public required double? Precision { get; init; }
}
