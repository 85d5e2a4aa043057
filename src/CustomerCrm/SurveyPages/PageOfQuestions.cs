using CustomerCrm.Surveys.Definitions;

namespace CustomerCrm.SurveyPages;

/// <summary>
/// Pure: which questions stand on one page. It goes up to one whose answer decides what comes next, holds so many at most, and the score has a page of its own:
/// what a page sends is kept, so who gives nothing but the score is heard.
/// </summary>
internal static class PageOfQuestions
{
    public const int Most = 5;

    public static IReadOnlyList<SurveyQuestion> From(SurveyDefinition definition, int first)
    {
        var page = new List<SurveyQuestion>();
        for (var i = first; i != QuestionPath.End;)
        {
            var question = definition.Questions[i];
            if (question.IsScore && page.Count > 0) break;
            page.Add(question);
            var next = QuestionPath.AllAfter(definition, i);
            if (next.Count > 1 || question.IsScore || page.Count == Most) break;
            i = next.Single();
        }
        return page;
    }

    /// <summary>Where the page begins that has a question, on the way that answers lead.</summary>
    /// <param name="definition">Of the survey.</param>
    /// <param name="sent">The answers.</param>
    /// <param name="index">Of the question.</param>
    public static int FirstOf(SurveyDefinition definition, SentAnswers sent, int index)
    {
        for (var first = 0; ;)
        {
            var page = From(definition, first);
            if (page.Contains(definition.Questions[index])) return first;
            first = sent.After(definition.Questions.Index().First(question => question.Item.Key == page[^1].Key).Index);
        }
    }

    /// <summary>Whether the survey ends behind this page, whatever is answered on it.</summary>
    public static bool IsLast(SurveyDefinition definition, IReadOnlyList<SurveyQuestion> page)
    {
        var last = definition.Questions.Index().First(question => question.Item.Key == page[^1].Key).Index;
        return QuestionPath.AllAfter(definition, last).All(next => next == QuestionPath.End);
    }
}
