using CustomerCrm.Surveys.Definitions;

namespace CustomerCrm.SurveyPages;

/// <summary>Pure: which questions stand on one page: from the first one on, up to one whose answer decides what comes next.</summary>
internal static class PageOfQuestions
{
    public static IReadOnlyList<SurveyQuestion> From(SurveyDefinition definition, int first)
    {
        var page = new List<SurveyQuestion>();
        for (var i = first; i != QuestionPath.End;)
        {
            page.Add(definition.Questions[i]);
            var next = QuestionPath.AllAfter(definition, i);
            if (next.Count > 1) break;
            i = next.Single();
        }
        return page;
    }

    /// <summary>Whether the survey ends behind this page, whatever is answered on it.</summary>
    public static bool IsLast(SurveyDefinition definition, IReadOnlyList<SurveyQuestion> page)
    {
        var last = definition.Questions.Index().First(question => question.Item.Key == page[^1].Key).Index;
        return QuestionPath.AllAfter(definition, last).All(next => next == QuestionPath.End);
    }
}
