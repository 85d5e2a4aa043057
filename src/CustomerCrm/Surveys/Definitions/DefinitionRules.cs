using System.Text.RegularExpressions;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Surveys.Definitions;

/// <summary>Pure: what is wrong with a definition whose members are each right in form. Pointers are seen from it.</summary>
internal static partial class DefinitionRules
{
    private const int LongestScale = 20;

    public static IReadOnlyList<FieldError> WrongWith(SurveyKind kind, SurveyDefinition definition)
    {
        var errors = new List<FieldError>(Missing(definition));
        if (errors.Count > 0) return errors;
        errors.AddRange(Languages(definition));
        errors.AddRange(DefinitionTexts.WrongWith(definition));
        errors.AddRange(Repeated(definition.Questions.Select((question, i) => ($"/questions/{i}/key", question.Key))));
        foreach (var (i, question) in definition.Questions.Index()) errors.AddRange(OfQuestion(question, i, definition));
        errors.AddRange(Score(kind, definition));
        // What comes after what can only be asked of questions that are each right.
        return errors.Count > 0 ? errors : [.. Ways(definition)];
    }

    private static IEnumerable<FieldError> Missing(SurveyDefinition definition)
    {
        foreach (var (i, question) in definition.Questions.Index())
        {
            if (question is null) yield return Nothing($"/questions/{i}");
            foreach (var (c, choice) in (question?.Choices ?? []).Index())
                if (choice is null) yield return Nothing($"/questions/{i}/choices/{c}");
            foreach (var (r, row) in (question?.Rows ?? []).Index())
                if (row is null) yield return Nothing($"/questions/{i}/rows/{r}");
            foreach (var (n, jump) in (question?.Next ?? []).Index())
                if (jump is null) yield return Nothing($"/questions/{i}/next/{n}");
        }
    }

    private static FieldError Nothing(string at) => new(at, "required", "A value is required.");

    private static IEnumerable<FieldError> Languages(SurveyDefinition definition)
    {
        foreach (var (i, language) in definition.Languages.Index())
            if (language is null || !Language().IsMatch(language)) yield return new($"/languages/{i}", "language_invalid", "A primary language subtag of BCP 47: en, de.");
        foreach (var repeated in Repeated(definition.Languages.Select((language, i) => ($"/languages/{i}", language ?? "")))) yield return repeated;
    }

    private static IEnumerable<FieldError> OfQuestion(SurveyQuestion question, int i, SurveyDefinition definition)
    {
        var at = $"/questions/{i}";
        var (isScale, isChoice, isMatrix) = (question.Type == QuestionType.Scale, question.Type == QuestionType.Choice, question.Type == QuestionType.Matrix);
        if (isScale && question.Min is null) yield return new($"{at}/min", "required", "A scale has a first number.");
        if (isScale && question.Max is null) yield return new($"{at}/max", "required", "A scale has a last number.");
        if (isScale && question.Max - question.Min is < 1 or > LongestScale) yield return new($"{at}/max", "out_of_range", $"1 to {LongestScale} above the first number.");
        if (!isScale && (question.Min ?? question.Max) is not null) yield return new($"{at}/min", "not_of_type", "Only a scale has numbers.");
        if (!isScale && (question.MinLabel ?? question.MaxLabel) is not null) yield return new($"{at}/min_label", "not_of_type", "Only a scale has labels.");
        if ((isChoice || isMatrix) && question.Choices is null) yield return new($"{at}/choices", "required", "What can be chosen.");
        if (!isChoice && !isMatrix && question.Choices is not null) yield return new($"{at}/choices", "not_of_type", "Only a choice and a matrix have choices.");
        if (isMatrix && question.Rows is null) yield return new($"{at}/rows", "required", "A matrix has rows.");
        if (!isMatrix && question.Rows is not null) yield return new($"{at}/rows", "not_of_type", "Only a matrix has rows.");
        if (!isChoice && question.IsMany) yield return new($"{at}/is_many", "not_of_type", "Only of a choice several can be chosen.");
        if (question.IsScore && !isScale) yield return new($"{at}/is_score", "not_of_type", "A score is a scale.");
        if (question.Key == QuestionJump.End) yield return new($"{at}/key", "reserved", "end is where a survey ends.");
        foreach (var wrong in Repeated((question.Choices ?? []).Select((choice, c) => ($"{at}/choices/{c}/key", choice.Key)))) yield return wrong;
        foreach (var wrong in Repeated((question.Rows ?? []).Select((row, r) => ($"{at}/rows/{r}/key", row.Key)))) yield return wrong;
        foreach (var (j, jump) in (question.Next ?? []).Index())
            foreach (var wrong in OfJump(question, jump, $"{at}/next/{j}", definition)) yield return wrong;
    }

    private static IEnumerable<FieldError> OfJump(SurveyQuestion question, QuestionJump jump, string at, SurveyDefinition definition)
    {
        if (jump.GoTo != QuestionJump.End && definition.Find(jump.GoTo) is null) yield return new($"{at}/go_to", "unknown_question", "The key of a question, or end.");
        if ((jump.From ?? jump.To) is not null && (question.Type != QuestionType.Scale || jump.Choices is not null)) yield return new($"{at}/from", "not_of_type", "Only the jumps of a scale ask for numbers.");
        else if (jump.From > jump.To) yield return new($"{at}/to", "out_of_range", "Not before from.");
        else if (jump.From > question.Max || jump.To < question.Min) yield return new($"{at}/from", "out_of_range", "The scale has no such number.");
        if (jump.Choices is null) yield break;
        if (question.Type != QuestionType.Choice) yield return new($"{at}/choices", "not_of_type", "Only the jumps of a choice ask for choices.");
        else
            foreach (var (c, choice) in jump.Choices.Index())
                if (question.Choices?.Any(known => known.Key == choice) != true) yield return new($"{at}/choices/{c}", "unknown_choice", "The key of one of the question's choices.");
    }

    private static IEnumerable<FieldError> Score(SurveyKind kind, SurveyDefinition definition)
    {
        var scores = definition.Questions.Index().Where(question => question.Item.IsScore).ToArray();
        if (scores.Length > 1) yield return new($"/questions/{scores[1].Index}/is_score", "too_many", "A survey has one score.");
        if (ScoreScale.Of(kind) is not { } scale) yield break;
        if (scores.Length == 0) yield return new("/questions/0/is_score", "required", "The first question of such a survey is its score.");
        else if (scores[0].Index != 0) yield return new($"/questions/{scores[0].Index}/is_score", "not_first", "The score is the first question: whoever clicks on it in the message has answered it.");
        else if ((scores[0].Item.Min, scores[0].Item.Max) != (scale.Min, scale.Max)) yield return new("/questions/0/max", "wrong_scale", $"The scale of such a survey goes from {scale.Min} to {scale.Max}.");
        else if (!scores[0].Item.IsRequired) yield return new("/questions/0/is_required", "required", "The score of such a survey is required.");
    }

    private static IEnumerable<FieldError> Ways(SurveyDefinition definition)
    {
        var after = definition.Questions.Select((_, i) => QuestionPath.AllAfter(definition, i)).ToArray();
        var (seen, open) = (new HashSet<int>(), new HashSet<int>());
        var circle = FindCircle(0, after, seen, open);
        if (circle is { } at) yield return new($"/questions/{at}/next", "circle", "From here a survey may come back to where it has been, and would never end.");
        for (var i = 0; circle is null && i < after.Length; i++)
            if (!seen.Contains(i)) yield return new($"/questions/{i}", "unreachable", "No answer leads to this question.");
    }

    private static int? FindCircle(int at, IReadOnlySet<int>[] after, HashSet<int> seen, HashSet<int> open)
    {
        seen.Add(at);
        open.Add(at);
        foreach (var next in after[at].Where(next => next != QuestionPath.End).Order())
        {
            if (open.Contains(next)) return at;
            if (!seen.Contains(next) && FindCircle(next, after, seen, open) is { } found) return found;
        }
        open.Remove(at);
        return null;
    }

    private static IEnumerable<FieldError> Repeated(IEnumerable<(string At, string Key)> keys)
    {
        var seen = new HashSet<string>();
        foreach (var (at, key) in keys)
            if (!seen.Add(key)) yield return new(at, "repeated", "There is one of this name already.");
    }

    [GeneratedRegex("^[a-z]{2,3}$")]
    private static partial Regex Language();
}
