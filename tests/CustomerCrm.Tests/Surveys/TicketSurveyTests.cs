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
}
