using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Surveys.Definitions;

/// <summary>Pure: whether every text of a survey is there in each of its languages, and no other; and which one somebody reads.</summary>
internal static class DefinitionTexts
{
    public static IEnumerable<FieldError> WrongWith(SurveyDefinition definition) =>
        Each(definition).Where(one => one.Texts is not null).SelectMany(one => OfOne(one.At, one.Texts!, definition.Languages));

    /// <summary>In this language, or the survey's first.</summary>
    public static string In(this IReadOnlyDictionary<string, string> texts, string language, SurveyDefinition definition) =>
        texts.TryGetValue(language, out var text) ? text : texts[definition.Languages[0]];

    private static IEnumerable<(string At, IReadOnlyDictionary<string, string>? Texts)> Each(SurveyDefinition definition)
    {
        yield return ("/title", definition.Title);
        yield return ("/intro", definition.Intro);
        yield return ("/thanks", definition.Thanks);
        foreach (var (i, question) in definition.Questions.Index())
        {
            yield return ($"/questions/{i}/text", question.Text);
            yield return ($"/questions/{i}/min_label", question.MinLabel);
            yield return ($"/questions/{i}/max_label", question.MaxLabel);
            foreach (var (c, choice) in (question.Choices ?? []).Index()) yield return ($"/questions/{i}/choices/{c}/text", choice.Text);
            foreach (var (r, row) in (question.Rows ?? []).Index()) yield return ($"/questions/{i}/rows/{r}/text", row.Text);
        }
    }

    private static IEnumerable<FieldError> OfOne(string at, IReadOnlyDictionary<string, string> texts, IReadOnlyList<string> languages)
    {
        foreach (var language in languages.Where(language => language is not null && !texts.ContainsKey(language)))
            yield return new(at, "translation_missing", $"It is not there in {language}.");
        foreach (var (language, text) in texts)
        {
            if (!languages.Contains(language)) yield return new(at, "unknown_language", "A language that the survey does not have.");
            else if (string.IsNullOrWhiteSpace(text) || text.Length > SurveyQuestion.LongestText) yield return new(at, "too_long", $"1 to {SurveyQuestion.LongestText} characters in each language.");
        }
    }
}
