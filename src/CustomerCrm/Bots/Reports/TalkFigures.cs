using CustomerCrm.Bots.Talking;

namespace CustomerCrm.Bots.Reports;

/// <summary>How many talks of one kind there were.</summary>
internal sealed record TalkCount
{
    public string? Intent { get; init; }
    public required BotOutcome Outcome { get; init; }
    public string? Reason { get; init; }
    public bool? IsHelpful { get; init; }

    /// <summary>Nothing was said in them for 24 hours.</summary>
    public required bool IsLeft { get; init; }

    public required int Talks { get; init; }
}

/// <summary>What many talks come to. Pure.</summary>
internal sealed record TalkFigures(int Talks, int GoingOn, int Resolved, int ToPeople, int Left, int Helpful, int Judged)
{
    public int Ended => Talks - GoingOn;

    /// <summary>No person was needed.</summary>
    public int Contained => Resolved + Left;

    public static TalkFigures Of(IEnumerable<TalkCount> counts)
    {
        var all = counts.ToArray();
        return new TalkFigures(
            Sum(_ => true), Sum(one => one is { Outcome: BotOutcome.Talking, IsLeft: false }), Sum(one => one.Outcome == BotOutcome.Resolved),
            Sum(one => one.Outcome is BotOutcome.HandedOver or BotOutcome.MessageTaken or BotOutcome.TakenOver), Sum(one => one is { Outcome: BotOutcome.Talking, IsLeft: true }),
            Sum(one => one.IsHelpful == true), Sum(one => one.IsHelpful is not null));

        int Sum(Predicate<TalkCount> isOne) => all.Where(one => isOne(one)).Sum(one => one.Talks);
    }
}
