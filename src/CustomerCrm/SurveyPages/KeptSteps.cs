using System.Text.Json;
using CustomerCrm.Surveys.Definitions;
using Microsoft.Extensions.Primitives;

namespace CustomerCrm.SurveyPages;

/// <summary>Pure: what was kept of earlier pages, together with what a form says now. The form is right about whatever it has shown.</summary>
internal static class KeptSteps
{
    public static SentAnswers With(SurveyDefinition definition, IReadOnlyDictionary<string, JsonElement> kept, IFormCollection form)
    {
        var fields = form.ToDictionary(field => field.Key, field => field.Value);
        foreach (var question in definition.Questions)
        {
            if (!kept.TryGetValue(question.Key, out var answer) || form[SentAnswers.Seen].Contains(question.Key)) continue;
            fields[SentAnswers.Seen] = StringValues.Concat(fields.GetValueOrDefault(SentAnswers.Seen), question.Key);
            foreach (var (name, values) in FieldsOf(question, answer)) fields[name] = values;
        }
        return new SentAnswers(definition, new FormCollection(fields));
    }

    /// <summary>Everything to keep when a question is still open: what was seen before it, and what was kept of later ones.</summary>
    public static Dictionary<string, JsonElement> Upto(SentAnswers sent, int open, IReadOnlyDictionary<string, JsonElement> kept)
    {
        var all = new Dictionary<string, JsonElement>(kept);
        foreach (var question in sent.Before(open)) all[question.Key] = sent.Of(question) ?? JsonSerializer.SerializeToElement<string?>(null);
        return all;
    }

    private static IEnumerable<(string, StringValues)> FieldsOf(SurveyQuestion question, JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.Object => question.Rows!.Where(row => answer.TryGetProperty(row.Key, out _)).Select(row => (SentAnswers.NameOf(question, row), new StringValues(answer.GetProperty(row.Key).GetString()))),
        JsonValueKind.Array => [(SentAnswers.NameOf(question), new StringValues([.. answer.EnumerateArray().Select(one => one.GetString())]))],
        JsonValueKind.Null => [],
        _ => [(SentAnswers.NameOf(question), new StringValues(answer.ToString()))],
    };
}
