using System.Globalization;
using CustomerCrm.Links;
using CustomerCrm.Preferences.Pages;

namespace CustomerCrm.Preferences;

/// <summary>GET /preferences/{token}: all that can be chosen, as it stands.</summary>
internal static class ShowPreferences
{
    internal static async Task<IResult> Handle(HttpContext http, Visits visits, PreferenceSheets sheets, CancellationToken ct) =>
        await visits.OpenAsync(http, CustomerLinkKind.Preferences, ct) is { } visit
            ? PageOf(visit, await sheets.OfAsync(visit.Link.CustomerId, ct), done: null)
            : Page.NotFound(http);

    /// <summary>Pure.</summary>
    /// <param name="visit">Whose.</param>
    /// <param name="sheet">How it stands.</param>
    /// <param name="done">What was just done, if something was.</param>
    internal static Page PageOf(Visit visit, PreferenceSheet sheet, string? done)
    {
        var texts = visit.Texts;
        var isFor = visit.MaskedName is { } name ? Html.Of($"<p class=\"hint\">{string.Format(CultureInfo.InvariantCulture, texts.For, name)}</p>\n") : Html.None;
        var said = done is null ? Html.None : Html.Of($"<p class=\"done\" role=\"status\">{done}</p>\n");
        var groups = sheet.Choices(visit.Channels).GroupBy(choice => (choice.Purpose, choice.Topic))
            .Select((group, i) => GroupOf(visit, sheet.Topics.FirstOrDefault(topic => topic.Name == group.Key.Topic), [.. group], i));
        return visit.Page(texts.Preferences, Html.Of($"""
            {said}<p>{string.Format(CultureInfo.InvariantCulture, texts.PreferencesIntro, visit.Tenant)}</p>
            {isFor}<form method="post">
            {Html.Join(groups)}<label for="reason">{texts.Reason}</label>
            <textarea id="reason" name="reason" maxlength="500" rows="2"></textarea>
            <button class="main" type="submit" name="do" value="save">{texts.Save}</button>
            <button type="submit" name="do" value="stop_all">{texts.StopAll}</button>
            </form>
            """));
    }

    private static Html GroupOf(Visit visit, ConsentTopics.ConsentTopic? topic, IReadOnlyList<Choice> choices, int number)
    {
        var (title, hint) = topic is null ? (visit.Texts.OtherNews, visit.Texts.OtherNewsHint) : (topic.Title, topic.Description);
        var id = $"hint{number.ToString(CultureInfo.InvariantCulture)}";
        var described = hint is null ? Html.None : Html.Of($" aria-describedby=\"{id}\"");
        var saying = hint is null ? Html.None : Html.Of($"<p class=\"hint\" id=\"{id}\">{hint}</p>\n");
        var boxes = choices.Select(choice => Html.Of($"""
            <input type="hidden" name="shown" value="{choice.Key}">
            <label><input type="checkbox" name="on" value="{choice.Key}"{new Html(choice.IsOn ? " checked" : "")}>{visit.NameOf(choice.Channel)}{(choice.IsWaiting ? $" ({visit.Texts.Waiting})" : "")}</label>

            """));
        return Html.Of($"""
            <fieldset{described}>
            <legend>{title}</legend>
            {saying}{Html.Join(boxes)}</fieldset>

            """);
    }
}
