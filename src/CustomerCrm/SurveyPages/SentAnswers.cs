using System.Globalization;
using System.Text.Json;
using CustomerCrm.Surveys.Definitions;

namespace CustomerCrm.SurveyPages;

/// <summary>Pure: what a page's form says, as the answers that it means. What no form of ours would send is no answer.</summary>
internal sealed class SentAnswers(SurveyDefinition definition, IFormCollection form)
{
    /// <summary>Names the questions that the visitor has seen.</summary>
    public const string Seen = "seen";

    public static string NameOf(SurveyQuestion question) => $"q_{question.Key}";

    public static string NameOf(SurveyQuestion question, SurveyOption row) => $"q_{question.Key}.{row.Key}";

    public bool HasSeen(SurveyQuestion question) => form[Seen].Contains(question.Key);

    public JsonElement? Of(SurveyQuestion question) => question.Type switch
    {
        QuestionType.Scale => int.TryParse(One(NameOf(question)), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? JsonSerializer.SerializeToElement(number) : TextOrNothing(question),
        QuestionType.Choice when question.IsMany => form[NameOf(question)].Count == 0 ? null : JsonSerializer.SerializeToElement(form[NameOf(question)].OfType<string>().ToArray()),
        QuestionType.Matrix => Rows(question) is { Count: > 0 } rows ? JsonSerializer.SerializeToElement(rows) : null,
        _ => TextOrNothing(question),
    };

    /// <summary>Everything that was sent again, for the form that asks what comes next.</summary>
    public IEnumerable<(string Name, string Value)> Fields(SurveyQuestion question)
    {
        var names = question.Type == QuestionType.Matrix ? question.Rows!.Select(row => NameOf(question, row)) : [NameOf(question)];
        return names.SelectMany(name => form[name].OfType<string>().Where(value => value.Length > 0).Select(value => (name, value)));
    }

    public bool Says(string name, string value) => form[name].Contains(value);

    public string TextOf(SurveyQuestion question) => One(NameOf(question));

    /// <summary>The question that comes first of those the visitor has not answered rightly, on the way their answers lead; -1: all are.</summary>
    public int FirstOpen(out bool isWrong)
    {
        isWrong = false;
        for (var i = 0; i != QuestionPath.End;)
        {
            var question = definition.Questions[i];
            if (!HasSeen(question)) return i;
            var answer = OneAnswer.Of(question, Of(question), out var error);
            if (error is not null)
            {
                isWrong = true;
                return i;
            }
            i = QuestionPath.After(definition, i, answer?.Number, answer?.Choices ?? []);
        }
        return QuestionPath.End;
    }

    /// <summary>The questions on the way up to the one given, in order.</summary>
    public IReadOnlyList<SurveyQuestion> Before(int index)
    {
        var passed = new List<SurveyQuestion>();
        for (var i = 0; i != index && i != QuestionPath.End;)
        {
            passed.Add(definition.Questions[i]);
            i = After(i);
        }
        return passed;
    }

    /// <summary>Where the answer to a question leads.</summary>
    public int After(int index)
    {
        var answer = OneAnswer.Of(definition.Questions[index], Of(definition.Questions[index]), out _);
        return QuestionPath.After(definition, index, answer?.Number, answer?.Choices ?? []);
    }

    /// <summary>What the answers come to, once none is open.</summary>
    public IReadOnlyDictionary<string, JsonElement> All() =>
        Before(QuestionPath.End).Select(question => (question.Key, Value: Of(question))).Where(one => one.Value is not null).ToDictionary(one => one.Key, one => one.Value!.Value);

    private string One(string name) => form[name] is [{ } value, ..] ? value.Replace("\r\n", "\n", StringComparison.Ordinal) : "";

    private JsonElement? TextOrNothing(SurveyQuestion question) => One(NameOf(question)) is { Length: > 0 } text ? JsonSerializer.SerializeToElement(text) : null;

    private Dictionary<string, string> Rows(SurveyQuestion question) =>
        question.Rows!.Select(row => (row.Key, Value: One(NameOf(question, row)))).Where(row => row.Value.Length > 0).ToDictionary(row => row.Key, row => row.Value);
}
