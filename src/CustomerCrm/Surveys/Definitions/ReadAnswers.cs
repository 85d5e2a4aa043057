using System.Text.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Surveys.Definitions;

/// <summary>Answers that were read: what is kept of them.</summary>
internal sealed record ReadAnswers
{
    public required int? Score { get; init; }

    /// <summary>By the key of the question, as they are shown again.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Answers { get; init; }

    /// <summary>One for each thing that can be counted.</summary>
    public required IReadOnlyList<CountedAnswer> Counted { get; init; }

    /// <summary>What was written, in the order of the questions.</summary>
    public required string? Text { get; init; }
}

/// <summary>A row of a matrix, one of several choices, or the whole answer.</summary>
internal sealed record CountedAnswer(string QuestionKey, string Item, int? Number, string? Choice);

/// <summary>Pure: reads answers along the way that they themselves lead. Pointers are seen from the object of answers.</summary>
internal static class AnswerReading
{
    public const int LongestText = 2000;

    /// <param name="definition">Of the survey.</param>
    /// <param name="sent">By the key of the question. Null and empty text are no answer.</param>
    /// <param name="errors">What is wrong; then there are no answers.</param>
    public static ReadAnswers? Of(SurveyDefinition definition, IReadOnlyDictionary<string, JsonElement> sent, out IReadOnlyList<FieldError> errors)
    {
        var (read, asked, wrong) = Walk(definition, sent, _ => true);
        // Where a question's own answer is wrong nobody knows what would have been asked next.
        if (wrong.Count == 0) wrong.AddRange(sent.Keys.Where(key => !asked.Contains(key)).Select(key => definition.Find(key) is null
            ? new FieldError($"/{key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", "unknown_question", "The survey has no such question.")
            : new FieldError($"/{key}", "not_asked", "After these answers the question is not asked.")));
        errors = wrong;
        return wrong.Count > 0 ? null : read;
    }

    /// <summary>What was answered of a survey that nobody went on with: up to the first question that was not seen.</summary>
    /// <param name="definition">Of the survey.</param>
    /// <param name="seen">By the key of the question, with null where it was left out.</param>
    public static ReadAnswers Partly(SurveyDefinition definition, IReadOnlyDictionary<string, JsonElement> seen) => Walk(definition, seen, seen.ContainsKey).Read;

    private static (ReadAnswers Read, HashSet<string> Asked, List<FieldError> Wrong) Walk(SurveyDefinition definition, IReadOnlyDictionary<string, JsonElement> sent, Func<string, bool> goesOn)
    {
        var (wrong, asked, texts) = (new List<FieldError>(), new HashSet<string>(), new List<string>());
        var (kept, counted, score) = (new Dictionary<string, JsonElement>(), new List<CountedAnswer>(), (int?)null);
        for (var i = 0; i != QuestionPath.End && goesOn(definition.Questions[i].Key);)
        {
            var question = definition.Questions[i];
            asked.Add(question.Key);
            var answer = OneAnswer.Of(question, sent.TryGetValue(question.Key, out var value) ? value : null, out var error);
            if (error is { } said) wrong.Add(said);
            if (answer is not null)
            {
                kept[question.Key] = answer.Value;
                counted.AddRange(answer.Counted);
                if (question.IsScore) score = answer.Number;
                if (answer.Text is { } text) texts.Add(text);
            }
            i = QuestionPath.After(definition, i, answer?.Number, answer?.Choices ?? []);
        }
        return (new ReadAnswers { Score = score, Answers = kept, Counted = counted, Text = texts.Count == 0 ? null : string.Join('\n', texts) }, asked, wrong);
    }
}
