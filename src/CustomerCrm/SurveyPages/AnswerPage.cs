using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Preferences;
using CustomerCrm.Preferences.Pages;
using CustomerCrm.SurveyResponses.Drafts;
using CustomerCrm.SurveyResponses.Writing;
using CustomerCrm.Surveys.Definitions;
using CustomerCrm.Surveys.Invitations;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace CustomerCrm.SurveyPages;

/// <summary>
/// GET and POST /survey/{token}. Opening it counts nothing, since programs that look for dangerous links open them: a score in the address is only chosen on the page.
/// Each page that is sent is kept, and the link goes on behind it. What is sent to the end is counted once; who sends again is thanked.
/// </summary>
internal sealed class AnswerPage(ResponseDrafts drafts, ResponseWriter writer, TenantDb db, TimeProvider clock)
{
    // A matrix of 50 rows, choices, and 2,000 characters that are nine bytes each when a form sends them.
    private static readonly FormOptions limits = new() { ValueCountLimit = 4000, ValueLengthLimit = 32 << 10, BufferBodyLengthLimit = 512 << 10, MultipartBodyLengthLimit = 512 << 10 };

    internal static async Task<IResult> Show(HttpContext http, SurveyVisits visits, AnswerPage page, CancellationToken ct)
    {
        if (await visits.OpenAsync(http, ct) is not { } visit) return Page.NotFound(http);
        if (page.Closed(visit) is { } closed) return closed;
        var (kept, chosen) = (await page.KeptAsync(visit, ct), new Dictionary<string, StringValues>());
        if (visit.Definition.Questions[0] is { Type: QuestionType.Scale } first && http.Request.Query["score"] is [{ Length: > 0 and < 5 } score] && !(kept.TryGetValue(first.Key, out var before) && before.ToString() == score))
        {
            // Another score than before: the page asks for it anew, and keeps the rest.
            chosen[SentAnswers.NameOf(first)] = score;
            kept = kept.Where(answer => answer.Key != first.Key).ToDictionary();
        }
        var sent = KeptSteps.With(visit.Definition, kept, new FormCollection(chosen));
        return FormOf(visit, sent, Math.Max(sent.FirstOpen(out _), 0), isWrong: false);
    }

    internal static async Task<IResult> Handle(HttpContext http, SurveyVisits visits, AnswerPage page, CancellationToken ct)
    {
        if (await visits.OpenAsync(http, ct) is not { } visit) return Page.NotFound(http);
        if (page.Closed(visit) is { } closed) return closed;
        var kept = await page.KeptAsync(visit, ct);
        var sent = KeptSteps.With(visit.Definition, kept, await SentForm.ReadAsync(http, ct, limits));
        var open = sent.FirstOpen(out var isWrong);
        if (open != QuestionPath.End)
        {
            var answers = KeptSteps.Upto(sent, open, kept);
            if (kept.Count > 0 || answers.Values.Any(answer => answer.ValueKind != JsonValueKind.Null)) await page.KeepAsync(visit, answers, ct);
            return FormOf(visit, sent, open, isWrong);
        }
        if (AnswerReading.Of(visit.Definition, sent.All(), out _) is not { } whole) return FormOf(visit, sent, 0, isWrong: true);

        return await page.SendAsync(visit, whole, ct);
    }

    // Anonymous means that nothing is kept beside anybody's name, not for a day either: there the pages carry the answers themselves.
    private async Task<Dictionary<string, JsonElement>> KeptAsync(SurveyVisit visit, CancellationToken ct) =>
        !visit.IsAnonymous && await drafts.LookAsync(visit.Invitation.Id, ct) is { } draft ? draft.Answers.ToDictionary() : [];

    private Task KeepAsync(SurveyVisit visit, IReadOnlyDictionary<string, JsonElement> answers, CancellationToken ct) =>
        visit.IsAnonymous ? Task.CompletedTask : drafts.KeepAsync(visit.Invitation, answers, visit.Language, ct);

    private async Task<Page> SendAsync(SurveyVisit visit, ReadAnswers answers, CancellationToken ct)
    {
        var response = await writer.AnswerAsync(visit.Invitation, answers, visit.Language, null, ct);
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
        // A page is shown whole, with all that was right on it.
        var first = PageOfQuestions.FirstOf(visit.Definition, sent, open);
        var (page, carried) = (PageOfQuestions.From(visit.Definition, first), sent.Before(first));
        var isLast = PageOfQuestions.IsLast(visit.Definition, page);
        var fields = carried.SelectMany(question => sent.Fields(question).Select(field => Hidden(field.Name, field.Value)).Append(Hidden(SentAnswers.Seen, question.Key)));
        var questions = page.Select(question => Html.Of($"{Hidden(SentAnswers.Seen, question.Key)}{QuestionHtml.Of(visit, question, sent, isWrong ? ErrorOf(visit, question, sent) : null)}"));
        var intro = carried.Count == 0 && visit.Definition.Intro is { } own ? Html.Of($"<p>{visit.Of(own)}</p>\n") : Html.None;
        var anonymous = carried.Count == 0 && visit.IsAnonymous ? Html.Of($"<p class=\"hint\">{visit.Texts.Anonymous}</p>\n") : Html.None;
        var wrong = isWrong ? Html.Of($"<p class=\"error\" role=\"alert\">{visit.Texts.Wrong}</p>\n") : Html.None;
        var kept = isLast || visit.IsAnonymous ? Html.None : Html.Of($"<p class=\"hint\">{visit.Texts.Kept}</p>\n");
        return visit.Page(visit.Title, Html.Of($"""
            {wrong}{intro}{anonymous}<form method="post" action="?">
            {Html.Join(fields)}{Html.Join(questions)}<button class="main" type="submit">{(isLast ? visit.Texts.Send : visit.Texts.Continue)}</button>
            {kept}</form>
            """), isWrong ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
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
