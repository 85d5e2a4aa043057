using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Surveys.Definitions;

/// <summary>
/// Pure: a question that has answers, or can still get some, keeps what they mean. Its words may be mended and translated, and choices may come and go, but under its key there is
/// the same type, the same scale and the same kind of choice; something else is asked under another key.
/// The score keeps its scale under any key, since all scores of a survey are counted together.
/// </summary>
internal static class KeptMeaning
{
    public static IEnumerable<FieldError> Broken(IEnumerable<SurveyDefinition> asked, SurveyDefinition wanted)
    {
        SurveyQuestion[] all = [.. asked.SelectMany(definition => definition.Questions)];
        var (before, score) = (all.GroupBy(question => question.Key).ToDictionary(group => group.Key, group => group.First()), Array.Find(all, question => question.IsScore));
        foreach (var (i, question) in wanted.Questions.Index())
        {
            if (!before.TryGetValue(question.Key, out var known))
            {
                if (question.IsScore && score is not null && (score.Min, score.Max) != (question.Min, question.Max)) yield return Changed($"/questions/{i}/{(score.Min != question.Min ? "min" : "max")}", "All scores of a survey are counted together, and there are others on another scale. Make another survey.");
                continue;
            }
            if (known.Type != question.Type) yield return Changed($"/questions/{i}/type");
            else if ((known.Min, known.Max) != (question.Min, question.Max)) yield return Changed($"/questions/{i}/{(known.Min != question.Min ? "min" : "max")}");
            else if (known.IsMany != question.IsMany) yield return Changed($"/questions/{i}/is_many");
            else if (known.IsScore != question.IsScore) yield return Changed($"/questions/{i}/is_score");
        }
    }

    private static FieldError Changed(string at, string why = "The question has answers, or somebody can still answer it as it was: they would mean something else. Ask it under another key.") => new(at, "meaning_changed", why);
}
