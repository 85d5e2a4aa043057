using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Surveys.Definitions;

/// <summary>
/// Pure: a question that has answers keeps what they mean. Its words may be mended and translated, and choices may come and go, but under its key there is
/// the same type, the same scale and the same kind of choice; something else is asked under another key.
/// </summary>
internal static class KeptMeaning
{
    public static IEnumerable<FieldError> Broken(IEnumerable<SurveyDefinition> answered, SurveyDefinition wanted)
    {
        var before = answered.SelectMany(definition => definition.Questions).GroupBy(question => question.Key).ToDictionary(group => group.Key, group => group.First());
        foreach (var (i, question) in wanted.Questions.Index())
        {
            if (!before.TryGetValue(question.Key, out var known)) continue;
            if (known.Type != question.Type) yield return Changed($"/questions/{i}/type");
            else if ((known.Min, known.Max) != (question.Min, question.Max)) yield return Changed($"/questions/{i}/{(known.Min != question.Min ? "min" : "max")}");
            else if (known.IsMany != question.IsMany) yield return Changed($"/questions/{i}/is_many");
            else if (known.IsScore != question.IsScore) yield return Changed($"/questions/{i}/is_score");
        }
    }

    private static FieldError Changed(string at) => new(at, "meaning_changed", "The question has answers, which would mean something else. Ask it under another key.");
}
