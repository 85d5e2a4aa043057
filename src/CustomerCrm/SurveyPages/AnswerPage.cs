using CustomerCrm.Platform.Data;
using CustomerCrm.Preferences;
using CustomerCrm.Preferences.Pages;
using CustomerCrm.SurveyResponses.Writing;
using CustomerCrm.Surveys.Definitions;
using CustomerCrm.Surveys.Invitations;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace CustomerCrm.SurveyPages;

/// <summary>
/// GET and POST /survey/{token}. Opening it counts nothing, since programs that look for dangerous links open them: a score in the address is only chosen on the page.
/// What is sent is counted once; who sends again is thanked.
/// </summary>
internal sealed class AnswerPage(TenantDb db, ResponseWriter writer, TimeProvider clock)
{
    // A matrix of 50 rows, choices, and 2,000 characters that are nine bytes each when a form sends them.
    private static readonly FormOptions limits = new() { ValueCountLimit = 4000, ValueLengthLimit = 32 << 10, BufferBodyLengthLimit = 512 << 10, MultipartBodyLengthLimit = 512 << 10 };

    internal static async Task<IResult> Show(HttpContext http, SurveyVisits visits, AnswerPage page, CancellationToken ct)
    {
        if (await visits.OpenAsync(http, ct) is not { } visit) return Page.NotFound(http);
        if (page.Closed(visit) is { } closed) return closed;
        var chosen = new Dictionary<string, StringValues>();
        if (visit.Definition.Questions[0] is { Type: QuestionType.Scale } first && http.Request.Query["score"] is [{ Length: > 0 and < 5 } score]) chosen[SentAnswers.NameOf(first)] = score;
        return FormOf(visit, new SentAnswers(visit.Definition, new FormCollection(chosen)), 0, isWrong: false);
    }

    internal static async Task<IResult> Handle(HttpContext http, SurveyVisits visits, AnswerPage page, CancellationToken ct)
    {
        if (await visits.OpenAsync(http, ct) is not { } visit) return Page.NotFound(http);
        if (page.Closed(visit) is { } closed) return closed;
        var sent = new SentAnswers(visit.Definition, await SentForm.ReadAsync(http, ct, limits));
        var open = sent.FirstOpen(out var isWrong);
        if (open != QuestionPath.End) return FormOf(visit, sent, open, isWrong);
        if (AnswerReading.Of(visit.Definition, sent.All(), out _) is not { } answers) return FormOf(visit, sent, 0, isWrong: true);

        return await page.SendAsync(visit, answers, ct);
    }

    private async Task<Page> SendAsync(SurveyVisit visit, ReadAnswers answers, CancellationToken ct)
    {
        var response = await writer.AnswerAsync(visit.Invitation, answers, visit.Language, ct);
        if (response is not null) return Thanks(visit, visit.Definition.Thanks is { } own ? visit.Of(own) : visit.Texts.Thanks);
        // Another one was first, in the moment between.
        return Closed(visit with { Invitation = await SurveyInvitation.FindAsync(visit.Invitation.Id, db, ct) }) ?? Thanks(visit, visit.Texts.Before);
    }

    private Page? Closed(SurveyVisit visit) => visit.Invitation switch
    {
        { State: InvitationState.Answered } => Thanks(visit, visit.Texts.Before),
        { State: InvitationState.NotSent } => Over(visit),
        { ExpiresAt: { } until } when until <= clock.GetUtcNow() => Over(visit),
        _ => null,
    };

    private static Page Thanks(SurveyVisit visit, string text) => visit.Page(visit.Texts.ThanksTitle, Html.Of($"<p class=\"done\" role=\"status\">{text}</p>"));

    private static Page Over(SurveyVisit visit) => visit.Page(visit.Texts.OverTitle, Html.Of($"<p>{visit.Texts.Over}</p>"), StatusCodes.Status410Gone);

    private static Page FormOf(SurveyVisit visit, SentAnswers sent, int open, bool isWrong)
    {
        var passed = sent.Before(open).ToList();
        // A page whose answer is wrong is shown whole again, with all that was right on it.
        var first = isWrong ? FirstOf(visit.Definition, passed, open) : open;
        var page = PageOfQuestions.From(visit.Definition, first);
        var carried = passed.TakeWhile(question => question.Key != page[0].Key).ToArray();
        var fields = carried.SelectMany(question => sent.Fields(question).Select(field => Hidden(field.Name, field.Value)).Append(Hidden(SentAnswers.Seen, question.Key)));
        var questions = page.Select(question => Html.Of($"{Hidden(SentAnswers.Seen, question.Key)}{QuestionHtml.Of(visit, question, sent, isWrong ? ErrorOf(visit, question, sent) : null)}"));
        var intro = carried.Length == 0 && visit.Definition.Intro is { } own ? Html.Of($"<p>{visit.Of(own)}</p>\n") : Html.None;
        var anonymous = carried.Length == 0 && visit.IsAnonymous ? Html.Of($"<p class=\"hint\">{visit.Texts.Anonymous}</p>\n") : Html.None;
        var wrong = isWrong ? Html.Of($"<p class=\"error\" role=\"alert\">{visit.Texts.Wrong}</p>\n") : Html.None;
        return visit.Page(visit.Title, Html.Of($"""
            {wrong}{intro}{anonymous}<form method="post" action="?">
            {Html.Join(fields)}{Html.Join(questions)}<button class="main" type="submit">{(PageOfQuestions.IsLast(visit.Definition, page) ? visit.Texts.Send : visit.Texts.Continue)}</button>
            </form>
            """), isWrong ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    // The page that the open question stands on begins behind the last question whose answer could lead elsewhere.
    private static int FirstOf(SurveyDefinition definition, List<SurveyQuestion> passed, int open)
    {
        var first = open;
        for (var i = passed.Count - 1; i >= 0; i--)
        {
            var at = definition.Questions.Index().First(question => question.Item.Key == passed[i].Key).Index;
            if (QuestionPath.AllAfter(definition, at).Count > 1) break;
            first = at;
        }
        return first;
    }

    private static string? ErrorOf(SurveyVisit visit, SurveyQuestion question, SentAnswers sent)
    {
        if (!sent.HasSeen(question)) return null;
        OneAnswer.Of(question, sent.Of(question), out var error);
        return error?.Code switch
        {
            null => null,
            "too_long" => visit.Texts.TooLong,
            _ => visit.Texts.Missing,
        };
    }

    private static Html Hidden(string name, string value) => Html.Of($"<input type=\"hidden\" name=\"{name}\" value=\"{value}\">\n");
}
