using System.Globalization;
using CustomerCrm.Articles.Suggesting;
using CustomerCrm.Help.Pages;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Preferences;
using CustomerCrm.Preferences.Pages;

namespace CustomerCrm.Help;

/// <summary>GET and POST /help/{slug}/{locale}/contact: first what may answer it, then the message itself.</summary>
internal static class ContactPage
{
    internal static async Task<IResult> Show(string slug, string locale, HttpContext http, HelpVisits visits, CancellationToken ct) =>
        await visits.OpenAsync(http, slug, locale, ct) is { Center.TakesContact: true } visit ? PageOf(visit, FormOf(visit, ContactQuestion.Of(FormCollection.Empty), [])) : Page.NotFound(http);

    internal static async Task<IResult> Handle(string slug, string locale, HttpContext http, HelpVisits visits, ContactDesk desk, SameOrigin origin, CancellationToken ct)
    {
        if (await visits.OpenAsync(http, slug, locale, ct) is not { Center.TakesContact: true } visit) return Page.NotFound(http);
        var form = await SentForm.ReadAsync(http, ct);
        var question = ContactQuestion.Of(form);
        if (!origin.Allows(http.Request)) return PageOf(visit, Html.Of($"<p class=\"wrong\" role=\"alert\">{visit.Texts.OtherPage}</p>\n{FormOf(visit, question, [])}"), StatusCodes.Status403Forbidden);
        if (question.IsTrapped) return Done(visit, visit.Texts.Sent); // a program believes that it was sent
        if (form["do"] == "answered" && question.ContactId is { } answered)
        {
            await desk.AnsweredAsync(answered, ct);
            return Done(visit, visit.Texts.AnsweredDone);
        }

        var wrong = question.Wrong(visit.CustomerId is not null);
        if (wrong.Count > 0) return PageOf(visit, FormOf(visit, question, wrong), StatusCodes.Status422UnprocessableEntity);
        if (await desk.IsTooMuchAsync(http, question, sends: question.ContactId is not null, ct)) return PageOf(visit, Html.Of($"<p class=\"wrong\" role=\"alert\">{visit.Texts.TooMany}</p>\n{FormOf(visit, question, [])}"), StatusCodes.Status429TooManyRequests);
        if (form["do"] == "send" && question.ContactId is { } known) return await SendAsync(visit, desk, question, known, ct);

        var (id, suggested) = await desk.AskAsync(visit, http, question, ct);
        if (suggested.Count > 0) return PageOf(visit, Suggestions(visit, question with { ContactId = id }, suggested));
        if (await desk.IsTooMuchAsync(http, question, sends: true, ct)) return PageOf(visit, Html.Of($"<p class=\"wrong\" role=\"alert\">{visit.Texts.TooMany}</p>"), StatusCodes.Status429TooManyRequests);
        return await SendAsync(visit, desk, question, id, ct);
    }

    private static async Task<IResult> SendAsync(HelpVisit visit, ContactDesk desk, ContactQuestion question, Id<HelpContact> id, CancellationToken ct)
    {
        try
        {
            await desk.SendAsync(visit, question, id, ct);
            return Done(visit, visit.Texts.Sent);
        }
        catch (ApiProblem problem) when (problem.Status == StatusCodes.Status422UnprocessableEntity)
        {
            // An address that looks like one, and is none.
            return PageOf(visit, FormOf(visit, question, ["email"]), StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static HelpPage PageOf(HelpVisit visit, Html body, int status = StatusCodes.Status200OK) =>
        HelpPage.Of(visit, visit.Texts.Contact, body, new HelpFrame { Status = status, Crumbs = [(visit.Texts.Help, visit.Home)] });

    private static HelpPage Done(HelpVisit visit, string said) => PageOf(visit, Html.Of($"<p class=\"done\" role=\"status\">{said}</p>\n<p><a href=\"{visit.Home}\">{visit.Texts.ToHelp}</a></p>"));

    private static Html Suggestions(HelpVisit visit, ContactQuestion question, IReadOnlyList<SuggestedArticle> suggested) => Html.Of($"""
        <h2>{visit.Texts.MaybeAnswers}</h2>
        {HelpLists.Of(visit, [.. suggested.Select(one => one.Article)])}
        <form method="post">
        {Hidden("email", question.Email)}{Hidden("name", question.Name)}{Hidden("subject", question.Subject)}{Hidden("message", question.Message)}{Hidden("contact", question.ContactId.ToString()!)}
        <button type="submit" name="do" value="answered">{visit.Texts.Answered}</button>
        <button class="main" type="submit" name="do" value="send">{visit.Texts.SendAnyway}</button>
        </form>
        """);

    private static Html FormOf(HelpVisit visit, ContactQuestion question, IReadOnlyList<string> wrong)
    {
        var texts = visit.Texts;
        var alert = wrong.Count == 0 ? Html.None : Html.Of($"<p class=\"wrong\" role=\"alert\">{texts.PleaseMend}</p>\n");
        var who = visit.CustomerId is not null ? Html.None : Html.Of($"""
            <label for="email">{texts.Email}</label>
            <input id="email" name="email" type="email" autocomplete="email" required maxlength="{Number(ContactQuestion.LongestEmail)}" value="{question.Email}"{Marked("email")}>
            {Error("email", texts.WrongEmail)}<label for="name">{texts.Name}</label>
            <input id="name" name="name" autocomplete="name" maxlength="{Number(ContactQuestion.LongestName)}" value="{question.Name}">

            """);
        return Html.Of($"""
            {alert}<p>{string.Format(CultureInfo.InvariantCulture, texts.ContactIntro, visit.Tenant)}</p>
            <form method="post">
            {who}<label for="subject">{texts.Subject}</label>
            <input id="subject" name="subject" required maxlength="{Number(ContactQuestion.LongestSubject)}" value="{question.Subject}"{Marked("subject")}>
            {Error("subject", texts.WrongSubject)}<label for="message">{texts.Message}</label>
            <textarea id="message" name="message" required minlength="{Number(ContactQuestion.ShortestMessage)}" maxlength="{Number(ContactQuestion.LongestMessage)}"{Marked("message")}>{new Html("\n")}{question.Message}</textarea>
            {Error("message", texts.WrongMessage)}<div class="trap" aria-hidden="true"><label for="website">{texts.LeaveEmpty}</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div>
            <button class="main" type="submit" name="do" value="ask">{texts.Continue}</button>
            </form>
            """);

        Html Marked(string field) => wrong.Contains(field) ? Html.Of($" aria-invalid=\"true\" aria-describedby=\"{field}-error\"") : Html.None;
        Html Error(string field, string text) => wrong.Contains(field) ? Html.Of($"<p class=\"error\" id=\"{field}-error\">{text}</p>\n") : Html.None;
    }

    private static Html Hidden(string name, string value) => Html.Of($"<input type=\"hidden\" name=\"{name}\" value=\"{value}\">\n");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
