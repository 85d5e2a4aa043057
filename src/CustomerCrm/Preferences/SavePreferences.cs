using System.Globalization;
using CustomerCrm.Consents;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Links;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Preferences.Pages;

namespace CustomerCrm.Preferences;

/// <summary>POST /preferences/{token}: what is otherwise than it was goes into the ledger.</summary>
internal sealed class SavePreferences(TenantDb db, PreferenceSheets sheets, ConsentWriter writer)
{
    private const int LongestReason = 500;

    internal static async Task<IResult> Handle(HttpContext http, Visits visits, PreferenceSheets sheets, SavePreferences saving, CancellationToken ct)
    {
        if (await visits.OpenAsync(http, CustomerLinkKind.Preferences, ct) is not { } visit) return Page.NotFound(http);
        var form = await SentForm.ReadAsync(http, ct);
        var stopsAll = form["do"] == "stop_all";
        var reason = form["reason"].ToString().Trim() is { Length: > 0 } text ? text.Beginning(LongestReason) : null;
        var (shown, on) = (form["shown"].OfType<string>().ToHashSet(), stopsAll ? [] : form["on"].OfType<string>().ToHashSet());
        await saving.SaveAsync(visit, choice => stopsAll || shown.Contains(choice.Key), choice => on.Contains(choice.Key), stopsAll, reason, ct);
        return ShowPreferences.PageOf(visit, await sheets.OfAsync(visit.Link.CustomerId, ct),
            stopsAll ? string.Format(CultureInfo.InvariantCulture, visit.Texts.StoppedAll, visit.Tenant) : visit.Texts.Saved);
    }

    // A no to all is a no to each topic: so it is written first, and a topic that was chosen all the same is granted after it.
    private Task SaveAsync(Visit visit, Predicate<Choice> isAsked, Predicate<Choice> isWanted, bool stopsAll, string? reason, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        await SaveAsync(choice => isAsked(choice) && choice.Topic.Length == 0);
        await SaveAsync(choice => isAsked(choice) && choice.Topic.Length > 0);

        async Task SaveAsync(Predicate<Choice> isOfThese)
        {
            var sheet = await sheets.OfAsync(visit.Link.CustomerId, ct);
            foreach (var choice in sheet.Choices(visit.Channels).Where(choice => isOfThese(choice) && IsNews(choice)))
                await writer.RecordAsync(ChangeOf(visit, sheet, choice, isWanted(choice), reason), ct);
        }

        // Who stops everything says no also to topics that the page does not show, so the no to all is written although that box was never ticked.
        bool IsNews(Choice choice) => isWanted(choice) != choice.IsOn || (choice.IsWaiting && !isWanted(choice)) || (stopsAll && choice.Topic.Length == 0 && !choice.IsRefused);
    }, ct);

    private static ConsentChange ChangeOf(Visit visit, PreferenceSheet sheet, Choice choice, bool isOn, string? reason) => new()
    {
        CustomerId = visit.Link.CustomerId,
        Purpose = choice.Purpose,
        Channel = choice.Channel,
        Topic = choice.Topic,
        State = isOn ? ConsentState.Granted : ConsentState.Withdrawn,
        Source = "preference_page",
        ShownText = TextOf(visit, sheet, choice),
        Url = visit.Url,
        Ip = visit.Ip,
        Reason = isOn ? null : reason,
    };

    private static string TextOf(Visit visit, PreferenceSheet sheet, Choice choice)
    {
        var title = sheet.Topics.FirstOrDefault(topic => topic.Name == choice.Topic)?.Title ?? visit.Texts.OtherNews;
        return $"{string.Format(CultureInfo.InvariantCulture, visit.Texts.PreferencesIntro, visit.Tenant)} {title}: {(choice.Channel == MessageChannel.Email ? visit.Texts.Email : visit.Texts.Sms)}";
    }
}
