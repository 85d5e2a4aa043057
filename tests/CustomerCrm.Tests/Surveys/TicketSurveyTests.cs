using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerCrm.Tests.Surveys;

/// <summary>Surveys about tickets: what asks, where, and what a low score opens.</summary>
public class TicketSurveyTests
{
    [Test]
    public async Task A_solved_ticket_asks_about_who_worked_at_it()
    {
        var acme = await TestTenant.NewAsync();
        var agent = await acme.UserAsync(CustomerCrm.Platform.People.Role.Agent);
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { triggers = new object[] { new { on = "ticket_solved" } }, channel = "link" });
        var ana = await SomeSurveys.CustomerAsync(acme);
        var ticket = await acme.CreateAsync<JsonElement>("/v1/tickets", new { customer_id = ana.Id.ToString(), subject = "Late", assignee_id = agent.Id });

        await acme.Http.PatchAsJsonAsync($"/v1/tickets/{ticket.Id()}", new { category = "solved" });
        await TestApi.RunJobsAsync();

        var invitation = (await SomeSurveys.InvitationsAsync(acme, survey.Id())).Single();
        Assert.That((invitation.Text("state"), invitation.Text("cause"), invitation.GetProperty("about").Text("id"), invitation.Text("agent_id")), Is.EqualTo(("sent", "ticket_solved", ticket.Id(), agent.Id)));
    }

    [Test]
    public async Task A_low_score_opens_a_ticket_in_the_customers_name()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { low_score = new { at_most = 2, opens = "ticket" } });
        var ana = await SomeSurveys.CustomerAsync(acme);

        var low = await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 1 }, ana);

        var followUp = await acme.GetAsync<JsonElement>($"/v1/survey_responses/{low.Id()}/follow_up");
        var ticket = await acme.GetAsync<JsonElement>($"/v1/tickets/{followUp.Text("ticket_id")}");
        Assert.That((ticket.Text("customer_id"), ticket.GetProperty("origin").Text("id"), followUp.GetProperty("task_id").ValueKind), Is.EqualTo((ana.Id.ToString(), low.Id(), JsonValueKind.Null)));
    }

    [Test]
    public async Task A_chat_is_asked_in_its_conversation_once()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { gap_days = 0 });
        var ana = await SomeSurveys.CustomerAsync(acme);
        var entry = await acme.CreateAsync<JsonElement>("/v1/conversations/messages", new { customer_id = ana.Id.ToString(), channel = "chat", text = "Thanks!" });
        var conversation = entry.Text("conversation_id");

        var (invitation, path) = await SomeSurveys.InviteAsync(acme, survey.Id(), ana.Id.ToString(), "chat", new { kind = "conversation", id = conversation });

        var said = (await acme.GetAsync<JsonElement>($"/v1/conversations/{conversation}/entries")).GetProperty("data").EnumerateArray().Select(e => e.GetRawText()).ToArray();
        Assert.That((invitation.Text("state"), path), Is.Not.EqualTo(("not_sent", (string?)null)));
        Assert.That(said.Count(text => text.Contains(path!, StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_ticket_shows_the_last_score_that_was_given_about_it()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { gap_days = 0 });
        var ticket = await TicketAsync(acme);

        await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 2 }, about: About(ticket));
        await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 4 }, about: About(ticket));
        await TestApi.RunJobsAsync();

        var shown = await acme.GetAsync<JsonElement>($"/v1/tickets/{ticket.Id()}");
        Assert.That((shown.GetProperty("satisfaction").GetInt32(), shown.GetProperty("satisfaction_at").ValueKind), Is.EqualTo((4, JsonValueKind.String)));
        Assert.That(await FoundAsync(acme, "filter[satisfaction][gte]=4"), Is.EqualTo(new[] { ticket.Id() }));
        Assert.That(await FoundAsync(acme, "filter[satisfaction][lte]=3"), Is.Empty);
    }

    [Test]
    public async Task An_answer_that_is_loaded_late_does_not_stand_over_a_newer_one()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        var ticket = await TicketAsync(acme);

        await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 5 }, about: About(ticket));
        await acme.CreateAsync<JsonElement>("/v1/survey_responses", new { survey_id = survey.Id(), about = About(ticket), answers = new { score = 1 }, answered_at = "2029-12-01T10:00:00Z" });
        await TestApi.RunJobsAsync();

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/tickets/{ticket.Id()}")).GetProperty("satisfaction").GetInt32(), Is.EqualTo(5));
    }

    [Test]
    public async Task A_ticket_is_changed_once_however_often_its_score_is_looked_at()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        var ticket = await TicketAsync(acme);
        await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 3 }, about: About(ticket));
        await TestApi.RunJobsAsync();
        var once = await acme.GetAsync<JsonElement>($"/v1/tickets/{ticket.Id()}");

        await acme.CreateAsync<JsonElement>("/v1/survey_responses", new { survey_id = survey.Id(), about = About(ticket), answers = new { score = 1 }, answered_at = "2029-12-01T10:00:00Z" });
        await TestApi.RunJobsAsync();

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/tickets/{ticket.Id()}")).GetProperty("revision").GetInt32(), Is.EqualTo(once.GetProperty("revision").GetInt32()));
        var changes = (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Where(e => e.Text("type") == "ticket.updated" && e.GetRawText().Contains("\"field\":\"satisfaction\"", StringComparison.Ordinal));
        Assert.That(changes.Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_answer_that_is_erased_counts_no_more_for_its_ticket()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        var ticket = await TicketAsync(acme);
        var answer = await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 2 }, about: About(ticket));
        await TestApi.RunJobsAsync();

        await acme.Http.DeleteAsync($"/v1/survey_responses/{answer.Id()}");
        await TestApi.RunJobsAsync();

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/tickets/{ticket.Id()}")).GetProperty("satisfaction").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task A_ticket_that_was_in_the_bin_hears_of_its_score_when_it_is_back()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        var ticket = await TicketAsync(acme);
        var ana = await SomeSurveys.CustomerAsync(acme);
        var (invitation, _) = await SomeSurveys.InviteAsync(acme, survey.Id(), ana.Id.ToString(), about: About(ticket));
        await acme.Http.DeleteAsync($"/v1/tickets/{ticket.Id()}");
        await acme.CreateAsync<JsonElement>("/v1/survey_responses", new { invitation_id = invitation.Id(), answers = new { score = 5 } });
        await TestApi.RunJobsAsync();

        var binned = (await acme.GetAsync<JsonElement>("/v1/recycle_bin?filter[kind][eq]=ticket")).GetProperty("data")[0];
        await acme.Http.PostAsync($"/v1/recycle_bin/{binned.Id()}/restore", null);
        await TestApi.RunJobsAsync();

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/tickets/{ticket.Id()}")).GetProperty("satisfaction").GetInt32(), Is.EqualTo(5));
    }

    [TestCase("nps", false)]
    [TestCase("csat", true)]
    public async Task Other_scales_and_anonymous_answers_say_nothing_of_a_ticket(string kind, bool isAnonymous)
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, kind, new { anonymity_threshold = isAnonymous ? 5 : (int?)null });
        var ticket = await TicketAsync(acme);

        await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 3 }, about: About(ticket));
        await TestApi.RunJobsAsync();

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/tickets/{ticket.Id()}")).GetProperty("satisfaction").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task A_survey_about_a_ticket_names_it()
    {
        var acme = await TestTenant.NewAsync();
        var template = await acme.CreateAsync<JsonElement>("/v1/templates", new { name = "asked", subject = "#{{ticket.number}}", text = "{{ticket.subject}}: {{data.survey_url}}" });
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { channel = "email", template_id = template.Id() });
        var ticket = await TicketAsync(acme);

        var (invitation, _) = await SomeSurveys.InviteAsync(acme, survey.Id(), ticket.Text("customer_id"), "email", new { kind = "ticket", id = ticket.Id() });
        await TestApi.RunJobsAsync();

        var content = await acme.GetAsync<JsonElement>($"/v1/messages/{(await SomeSurveys.InvitationsAsync(acme, survey.Id())).Single().Text("message_id")}/content");
        Assert.That((invitation.GetProperty("about").Text("id"), content.Text("subject")), Is.EqualTo((ticket.Id(), "#1")));
        Assert.That(content.Text("text"), Does.StartWith("Late: http"));
    }

    private static async Task<JsonElement> TicketAsync(TestTenant acme) =>
        await acme.CreateAsync<JsonElement>("/v1/tickets", new { customer_id = (await SomeSurveys.CustomerAsync(acme)).Id.ToString(), subject = "Late" });

    private static object About(JsonElement ticket) => new { kind = "ticket", id = ticket.Id() };

    private static async Task<string[]> FoundAsync(TestTenant acme, string query) => [.. (await acme.GetAsync<JsonElement>($"/v1/tickets?{query}")).GetProperty("data").EnumerateArray().Select(t => t.Id())];
}
