using System.Globalization;
using CustomerCrm.Preferences.Pages;
using CustomerCrm.Surveys.Definitions;

namespace CustomerCrm.SurveyPages;

/// <summary>Pure: one question as a part of a form that any browser, screen reader and keyboard can use.</summary>
internal static class QuestionHtml
{
    /// <param name="visit">Whose page.</param>
    /// <param name="question">Which.</param>
    /// <param name="sent">What was chosen or written already.</param>
    /// <param name="error">What is wrong with it; null: nothing.</param>
    public static Html Of(SurveyVisit visit, SurveyQuestion question, SentAnswers sent, string? error) => question.Type switch
    {
        QuestionType.Text => Text(visit, question, sent, error),
        QuestionType.Matrix => Group(visit, question, error, Html.Join(question.Rows!.Select(row => Row(visit, question, row, sent)))),
        QuestionType.Choice => Group(visit, question, error, Html.Of($"{(question.IsMany ? Html.Of($"<p class=\"hint\">{visit.Texts.Several}</p>\n") : Html.None)}{Choices(visit, question, SentAnswers.NameOf(question), question.IsMany, sent)}")),
        _ => Group(visit, question, error, Scale(visit, question, sent)),
    };

    private static Html Group(SurveyVisit visit, SurveyQuestion question, string? error, Html inside) => Html.Of($"""
        <fieldset{Marks(question, error)}>
        <legend>{visit.Of(question.Text)}{Needed(visit, question)}</legend>
        {Error(question, error)}{inside}</fieldset>

        """);

    private static Html Scale(SurveyVisit visit, SurveyQuestion question, SentAnswers sent)
    {
        var (name, min, max) = (SentAnswers.NameOf(question), question.Min!.Value, question.Max!.Value);
        var labels = question.MinLabel is null && question.MaxLabel is null ? Html.None
            : Html.Of($"<p class=\"hint ends\"><span>{Number(min)}: {(question.MinLabel is { } low ? visit.Of(low) : "")}</span> <span>{Number(max)}: {(question.MaxLabel is { } high ? visit.Of(high) : "")}</span></p>\n");
        var numbers = Enumerable.Range(min, max - min + 1).Select(number => Html.Of(
            $"<label><input type=\"radio\" name=\"{name}\" value=\"{Number(number)}\"{Chosen(sent.Says(name, Number(number)))}{Require(question)}>{Number(number)}</label>\n"));
        return Html.Of($"{labels}<div class=\"scale\">\n{Html.Join(numbers)}</div>\n");
    }

    private static Html Row(SurveyVisit visit, SurveyQuestion question, SurveyOption row, SentAnswers sent) => Html.Of($"""
        <fieldset class="row">
        <legend>{visit.Of(row.Text)}</legend>
        {Choices(visit, question, SentAnswers.NameOf(question, row), isMany: false, sent)}</fieldset>

        """);

    private static Html Choices(SurveyVisit visit, SurveyQuestion question, string name, bool isMany, SentAnswers sent) => Html.Join(question.Choices!.Select(choice => Html.Of(
        $"<label><input type=\"{(isMany ? "checkbox" : "radio")}\" name=\"{name}\" value=\"{choice.Key}\"{Chosen(sent.Says(name, choice.Key))}{(isMany ? Html.None : Require(question))}>{visit.Of(choice.Text)}</label>\n")));

    private static Html Text(SurveyVisit visit, SurveyQuestion question, SentAnswers sent, string? error) => Html.Of($"""
        <div class="question">
        <label for="{question.Key}">{visit.Of(question.Text)}{Needed(visit, question)}</label>
        {Error(question, error)}<textarea id="{question.Key}" name="{SentAnswers.NameOf(question)}" maxlength="2000" rows="4"{Require(question)}{Marks(question, error)}>{sent.TextOf(question)}</textarea>
        </div>

        """);

    private static Html Needed(SurveyVisit visit, SurveyQuestion question) => question.IsRequired ? Html.Of($" <span class=\"hint\">({visit.Texts.Required})</span>") : Html.None;

    private static Html Error(SurveyQuestion question, string? error) => error is null ? Html.None : Html.Of($"<p class=\"error\" id=\"{question.Key}-error\">{error}</p>\n");

    // aria-invalid is for what one types into; of a group the description says it.
    private static Html Marks(SurveyQuestion question, string? error) => error is null ? Html.None
        : Html.Of($" aria-describedby=\"{question.Key}-error\"{(question.Type == QuestionType.Text ? new Html(" aria-invalid=\"true\"") : Html.None)}");

    private static Html Require(SurveyQuestion question) => question.IsRequired ? new Html(" required") : Html.None;

    private static Html Chosen(bool isChosen) => isChosen ? new Html(" checked") : Html.None;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
