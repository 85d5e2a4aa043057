using System.Text.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Surveys.Definitions;

/// <summary>The answer to one question, and what is wrong with it. Pure.</summary>
internal sealed record OneAnswer
{
    public required JsonElement Value { get; init; }
    public required IReadOnlyList<CountedAnswer> Counted { get; init; }
    public int? Number { get; init; }
    public IReadOnlyCollection<string> Choices { get; init; } = [];
    public string? Text { get; init; }

    /// <returns>Null: there is none, or it is wrong.</returns>
    public static OneAnswer? Of(SurveyQuestion question, JsonElement? sent, out FieldError? error)
    {
        error = null;
        var isNothing = sent is not { } value || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()));
        if (isNothing)
        {
            if (question.IsRequired) error = new($"/{question.Key}", "required", "This question has to be answered.");
            return null;
        }
        var (answer, code, detail) = question.Type switch
        {
            QuestionType.Scale => OfScale(question, sent!.Value),
            QuestionType.Choice => question.IsMany ? OfSeveral(question, sent!.Value) : OfChoice(question, sent!.Value),
            QuestionType.Text => OfText(question, sent!.Value),
            _ => OfMatrix(question, sent!.Value),
        };
        if (answer is null) error = new($"/{question.Key}", code, detail);
        return answer;
    }

    private static (OneAnswer?, string, string) OfScale(SurveyQuestion question, JsonElement sent) =>
        sent.ValueKind == JsonValueKind.Number && sent.TryGetInt32(out var number) && number >= question.Min && number <= question.Max
            ? (new OneAnswer { Value = JsonSerializer.SerializeToElement(number), Number = number, Counted = [new(question.Key, "", number, null)] }, "", "")
            : (null, "not_on_scale", $"A whole number from {question.Min} to {question.Max}.");

    private static (OneAnswer?, string, string) OfChoice(SurveyQuestion question, JsonElement sent) =>
        sent.ValueKind == JsonValueKind.String && sent.GetString()!.Trim() is var key && question.Choices!.Any(choice => choice.Key == key)
            ? (new OneAnswer { Value = JsonSerializer.SerializeToElement(key), Choices = [key], Counted = [new(question.Key, "", null, key)] }, "", "")
            : (null, "unknown_choice", $"One of: {KeysOf(question.Choices!)}.");

    private static (OneAnswer?, string, string) OfSeveral(SurveyQuestion question, JsonElement sent)
    {
        var wrong = ((OneAnswer?)null, "unknown_choice", $"A list of some of: {KeysOf(question.Choices!)}; each once.");
        if (sent.ValueKind != JsonValueKind.Array || sent.GetArrayLength() > question.Choices!.Count) return wrong;
        string[] keys = [.. sent.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : "")];
        if (keys.Distinct().Count() != keys.Length || keys.Any(key => question.Choices.All(choice => choice.Key != key))) return wrong;
        if (keys.Length == 0) return question.IsRequired ? (null, "required", "This question has to be answered.") : (new OneAnswer { Value = JsonSerializer.SerializeToElement(keys), Counted = [] }, "", "");
        return (new OneAnswer { Value = JsonSerializer.SerializeToElement(keys), Choices = keys, Counted = [.. keys.Select(key => new CountedAnswer(question.Key, key, null, key))] }, "", "");
    }

    private static (OneAnswer?, string, string) OfText(SurveyQuestion question, JsonElement sent)
    {
        if (sent.ValueKind != JsonValueKind.String) return (null, "wrong_type", "Text.");
        var text = sent.GetString()!.Trim();
        return text.Length > AnswerReading.LongestText
            ? (null, "too_long", $"At most {AnswerReading.LongestText} characters.")
            : (new OneAnswer { Value = JsonSerializer.SerializeToElement(text), Text = text, Counted = [new(question.Key, "", null, null)] }, "", "");
    }

    private static (OneAnswer?, string, string) OfMatrix(SurveyQuestion question, JsonElement sent)
    {
        var wrong = ((OneAnswer?)null, "unknown_choice", $"An object with some of the rows ({KeysOf(question.Rows!)}), each with one of: {KeysOf(question.Choices!)}.");
        if (sent.ValueKind != JsonValueKind.Object) return wrong;
        var (rows, counted) = (new Dictionary<string, string>(), new List<CountedAnswer>());
        foreach (var row in sent.EnumerateObject())
        {
            if (row.Value.ValueKind == JsonValueKind.Null) continue;
            if (row.Value.ValueKind != JsonValueKind.String || question.Rows!.All(known => known.Key != row.Name) || question.Choices!.All(choice => choice.Key != row.Value.GetString())) return wrong;
            if (!rows.TryAdd(row.Name, row.Value.GetString()!)) return wrong;
            counted.Add(new(question.Key, row.Name, null, row.Value.GetString()));
        }
        if (question.IsRequired && rows.Count < question.Rows!.Count) return (null, "required", "Every row has to be answered.");
        return rows.Count == 0 ? (null, "required", "Leave the question out, or answer a row.") : (new OneAnswer { Value = JsonSerializer.SerializeToElement(rows), Counted = counted }, "", "");
    }

    private static string KeysOf(IEnumerable<SurveyOption> options) => string.Join(", ", options.Select(option => option.Key));
}
