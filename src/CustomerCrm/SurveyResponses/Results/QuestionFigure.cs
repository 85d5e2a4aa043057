using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Estimates;
using CustomerCrm.Insights;
using CustomerCrm.Surveys.Definitions;

namespace CustomerCrm.SurveyResponses.Results;

/// <summary>What was answered to one question.</summary>
public sealed record QuestionFigure
{
    /// <example>score</example>
    public required string Key { get; init; }

    public required QuestionType Type { get; init; }

    /// <summary>How many answered it; null where they are too few to be shown.</summary>
    public required int? N { get; init; }

    /// <summary>Of a scale: the mean, with the 95 % interval by Student's t.</summary>
    public required MeanFigure? Mean { get; init; }

    /// <summary>Of a scale, a choice or a matrix: how many gave which answer, of those who answered, with the 95 % interval of E. B. Wilson (1927).</summary>
    public required IReadOnlyList<AnswerShare> Answers { get; init; }

    internal static QuestionFigure Of(SurveyQuestion question, IReadOnlyList<AnswerCount> counts, int n, int? anonymity)
    {
        if (n < anonymity) return new QuestionFigure { Key = question.Key, Type = question.Type!.Value, N = null, Mean = null, Answers = [] };
        var ofItem = counts.GroupBy(count => count.Item).ToDictionary(group => group.Key, group => group.Sum(count => count.Count));
        return new QuestionFigure
        {
            Key = question.Key,
            Type = question.Type!.Value,
            N = n,
            Mean = question.Type == QuestionType.Scale && n > 0 ? MeanFigure.Of(MeanEstimate.Of(n, counts.Sum(c => (double)c.Count * c.Number!.Value), counts.Sum(c => (double)c.Count * c.Number!.Value * c.Number.Value))) : null,
            Answers = question.Type == QuestionType.Text ? [] :
            [
                .. counts.OrderBy(c => c.Item, StringComparer.Ordinal).ThenBy(c => c.Number).ThenBy(c => c.Choice, StringComparer.Ordinal).Select(c => new AnswerShare
                {
                    Row = question.Type == QuestionType.Matrix ? c.Item : null, Number = c.Number, Choice = c.Choice,
                    Share = RateFigure.Of(Rate.Of(c.Count, question.Type == QuestionType.Matrix ? ofItem[c.Item] : n)),
                }),
            ],
        };
    }
}

/// <summary>How many gave an answer.</summary>
public sealed record AnswerShare
{
    /// <summary>Of a matrix.</summary>
    public required string? Row { get; init; }

    /// <summary>Of a scale.</summary>
    public required int? Number { get; init; }

    /// <summary>Of a choice or a matrix: its key.</summary>
    public required string? Choice { get; init; }

    public required RateFigure Share { get; init; }
}

/// <summary>A mean with its 95 % interval by Student's t.</summary>
public sealed record MeanFigure
{
    public required double Value { get; init; }

    /// <summary>Null of one answer.</summary>
    public required double? Low { get; init; }

    public required double? High { get; init; }

    internal static MeanFigure Of(MeanEstimate mean) => new() { Value = mean.Mean, Low = mean.N < 2 ? null : mean.Low, High = mean.N < 2 ? null : mean.High };
}

/// <summary>A row of what was counted.</summary>
internal sealed record AnswerCount
{
    public required string QuestionKey { get; init; }
    public required string Item { get; init; }
    public int? Number { get; init; }
    public string? Choice { get; init; }
    public required int Count { get; init; }
}
