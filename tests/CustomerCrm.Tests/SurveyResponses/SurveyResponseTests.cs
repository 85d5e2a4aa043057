using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tests.Surveys;

namespace CustomerCrm.Tests.SurveyResponses;

public class SurveyResponseTests
{
    [Test]
    public async Task An_answer_is_kept_with_what_it_is_about_and_how_it_sounds()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        var ana = await SomeSurveys.CustomerAsync(acme);

        var response = await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 1, comment = "It was terrible and late." }, ana);
        await TestApi.RunJobsAsync();

        Assert.That((response.GetProperty("score").GetInt32(), response.Text("standing"), response.Text("customer_id")), Is.EqualTo((1, "low", ana.Id.ToString())));
        Assert.That(response.GetProperty("sentiment").Text("label"), Is.EqualTo("negative"));
        Assert.That(response.GetProperty("sentiment").GetProperty("evidence").EnumerateArray().Select(e => e.Text("text")), Does.Contain("terrible"));
        var timeline = (await acme.GetAsync<JsonElement>($"/v1/customers/{ana.Id}/timeline?filter[kind][in]=survey_response")).GetProperty("data")[0];
        Assert.That((timeline.Text("id"), timeline.Text("outcome"), timeline.Text("title")), Is.EqualTo((response.Id(), "1", "How was it?")));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/customers/{ana.Id}/360")).GetProperty("last_survey_response").Text("id"), Is.EqualTo(response.Id()));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/customers/{ana.Id}/survey_responses")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
        var events = (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Select(e => e.Text("type")).Where(type => type is "survey.answered" or "survey.low_score");
        Assert.That(events, Is.EquivalentTo(new[] { "survey.answered", "survey.low_score" }));
    }

    [Test]
    public async Task Of_fifty_who_answer_one_invitation_at_once_the_first_counts()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        var (invitation, path) = await SomeSurveys.InviteAsync(acme, survey.Id(), (await SomeSurveys.CustomerAsync(acme)).Id.ToString());

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i => i % 2 == 0
            ? (await acme.Http.PostAsJsonAsync("/v1/survey_responses", new { invitation_id = invitation.Id(), answers = new { score = i % 5 + 1 } })).StatusCode
            : (await SomeSurveys.SendAsync(path!, ("seen", "score"), ("seen", "comment"), ("q_score", "3"))).StatusCode));

        Assert.That(answers, Is.All.AnyOf(HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.OK));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/survey_responses?filter[survey_id][eq]={survey.Id()}")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}/results")).GetProperty("score").GetProperty("n").GetInt32(), Is.EqualTo(1));
    }

    [TestCase("""{"score":9}""", "/answers/score", "not_on_scale")]
    [TestCase("""{"score":"5"}""", "/answers/score", "not_on_scale")]
    [TestCase("""{"score":4.5}""", "/answers/score", "not_on_scale")]
    [TestCase("""{"score":1e99}""", "/answers/score", "not_on_scale")]
    [TestCase("""{}""", "/answers/score", "required")]
    [TestCase("""{"score":null}""", "/answers/score", "required")]
    [TestCase("""{"score":5,"comment":5}""", "/answers/comment", "wrong_type")]
    [TestCase("""{"score":5,"other":1}""", "/answers/other", "unknown_question")]
    public async Task An_answer_that_is_wrong_is_named_and_leaves_the_invitation_open(string answers, string pointer, string code)
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        var (invitation, _) = await SomeSurveys.InviteAsync(acme, survey.Id(), (await SomeSurveys.CustomerAsync(acme)).Id.ToString());

        var problem = await Problem.OfAsync(await acme.Http.PostAsync("/v1/survey_responses", new StringContent($$"""{"invitation_id":"{{invitation.Id()}}","answers":{{answers}}}""", System.Text.Encoding.UTF8, "application/json")));

        Assert.That(problem.Errors, Is.EqualTo(new[] { (pointer, code) }));
        Assert.That((await SomeSurveys.InvitationsAsync(acme, survey.Id())).Single().Text("state"), Is.EqualTo("sent"));
    }

    [Test]
    public async Task A_text_of_two_thousand_characters_is_taken_and_a_longer_one_is_not()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);

        var taken = await acme.Http.PostAsJsonAsync("/v1/survey_responses", new { survey_id = survey.Id(), answers = new { score = 5, comment = new string('ü', 2000) } });
        var refused = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/survey_responses", new { survey_id = survey.Id(), answers = new { score = 5, comment = new string('ü', 2001) } }));

        Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(refused.Errors, Is.EqualTo(new[] { ("/answers/comment", "too_long") }));
    }

    [Test]
    public async Task History_is_loaded_quietly_and_starts_nothing()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { low_score = new { at_most = 2 } });
        var ana = await SomeSurveys.CustomerAsync(acme);
        acme.Http.DefaultRequestHeaders.Add("Crm-Quiet", "true");

        var response = await acme.CreateAsync<JsonElement>("/v1/survey_responses", new { survey_id = survey.Id(), customer_id = ana.Id.ToString(), channel = "chat", answers = new { score = 1 }, answered_at = "2029-12-01T10:00:00Z" });

        Assert.That(response.GetProperty("answered_at").GetDateTimeOffset().Year, Is.EqualTo(2029));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/survey_responses/follow_ups")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_low_score_is_followed_up_and_the_loop_is_closed()
    {
        var acme = await TestTenant.NewAsync();
        var agent = await acme.UserAsync(CustomerCrm.Platform.People.Role.Agent);
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { low_score = new { at_most = 2, user_id = agent.Id, due_in_hours = 4 } });
        await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 3 });
        var low = await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 2, comment = "Late." });

        var followUp = (await acme.GetAsync<JsonElement>("/v1/survey_responses/follow_ups?filter[state][eq]=open")).GetProperty("data").EnumerateArray().Single();
        var task = await acme.GetAsync<JsonElement>($"/v1/tasks/{followUp.Text("task_id")}");
        var needed = await Problem.OfAsync(await acme.Http.PatchAsJsonAsync($"/v1/survey_responses/{low.Id()}/follow_up", new { state = "closed" }));
        var early = await Problem.OfAsync(await acme.Http.PatchAsJsonAsync($"/v1/survey_responses/{low.Id()}/follow_up", new { outcome = "resolved" }));
        var closed = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PatchAsJsonAsync($"/v1/survey_responses/{low.Id()}/follow_up", new { state = "closed", outcome = "compensated", note = "Sent a new one." }));
        var results = (await acme.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}/results")).GetProperty("follow_ups");

        Assert.That((followUp.Text("response_id"), followUp.Text("user_id"), followUp.GetProperty("due_at").GetDateTimeOffset()), Is.EqualTo((low.Id(), agent.Id, TestApi.Clock.GetUtcNow().AddHours(4))));
        Assert.That((task.Text("priority"), task.Text("user_id"), task.GetProperty("source").Text("kind")), Is.EqualTo(("high", agent.Id, "survey_response")));
        Assert.That((needed.Errors.Single(), early.Errors.Single()), Is.EqualTo((("/outcome", "required"), ("/outcome", "not_closed"))));
        Assert.That((closed.Text("outcome"), closed.GetProperty("hours_to_close").GetDouble(), closed.GetProperty("closed_by").Text("kind")), Is.EqualTo(("compensated", 0.0, "api_key")));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/tasks/{followUp.Text("task_id")}")).Text("status"), Is.EqualTo("done"));
        Assert.That((results.GetProperty("opened").GetInt32(), results.GetProperty("closed").GetProperty("count").GetInt32()), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Who_does_the_task_has_closed_the_loop()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { low_score = new { at_most = 2 } });
        var low = await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 1 });
        var followUp = await acme.GetAsync<JsonElement>($"/v1/survey_responses/{low.Id()}/follow_up");

        await acme.Http.PatchAsJsonAsync($"/v1/tasks/{followUp.Text("task_id")}", new { status = "done" });
        await TestApi.RunJobsAsync();

        var after = await acme.GetAsync<JsonElement>($"/v1/survey_responses/{low.Id()}/follow_up");
        Assert.That((after.Text("state"), after.Text("outcome")), Is.EqualTo(("closed", "resolved")));
    }

    [Test]
    public async Task Who_solves_the_ticket_has_closed_the_loop()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { low_score = new { at_most = 2, opens = "ticket" } });
        var (mine, other) = (await LowAsync(), await LowAsync());
        var ana = await SomeSurveys.CustomerAsync(acme);
        var (merged, into) = (await LowAsync(ana), await acme.CreateAsync<JsonElement>("/v1/tickets", new { customer_id = ana.Id.ToString(), subject = "Late" }));
        await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsJsonAsync($"/v1/tickets/{merged.Text("ticket_id")}/merge", new { into_id = into.Id() }));
        await TestApi.RunJobsAsync();
        var between = await StateAsync(merged);

        foreach (var solved in new[] { mine.Text("ticket_id"), into.Id() }) await acme.Http.PatchAsJsonAsync($"/v1/tickets/{solved}", new { category = "solved" });
        await TestApi.RunJobsAsync();

        Assert.That(between, Is.EqualTo(("open", (string?)null)), "it goes on in the other ticket");
        Assert.That((await StateAsync(mine), await StateAsync(merged), await StateAsync(other)), Is.EqualTo((("closed", "resolved"), ("closed", "resolved"), ("open", (string?)null))));

        async Task<JsonElement> LowAsync(CustomerCrm.Customers.Customer? by = null) => await acme.GetAsync<JsonElement>($"/v1/survey_responses/{(await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 1 }, by)).Id()}/follow_up");

        async Task<(string, string?)> StateAsync(JsonElement followUp)
        {
            var now = await acme.GetAsync<JsonElement>($"/v1/survey_responses/{followUp.Text("response_id")}/follow_up");
            return (now.Text("state"), now.GetProperty("outcome").GetString());
        }
    }

    [TestCase("task")]
    [TestCase("ticket")]
    public async Task A_low_score_arrives_though_the_team_that_was_to_follow_it_up_is_gone(string opens)
    {
        var acme = await TestTenant.NewAsync();
        var team = await acme.CreateAsync<JsonElement>("/v1/teams", new { name = "Care" });
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { low_score = new { at_most = 2, opens, team_id = team.Id() } });
        await acme.Http.DeleteAsync($"/v1/teams/{team.Id()}");

        var low = await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 1 });

        var followUp = await acme.GetAsync<JsonElement>($"/v1/survey_responses/{low.Id()}/follow_up");
        Assert.That((followUp.Text("state"), followUp.GetProperty("team_id").ValueKind, followUp.GetProperty($"{opens}_id").ValueKind), Is.EqualTo(("open", JsonValueKind.Null, JsonValueKind.String)));
    }

    [Test]
    public async Task A_follow_up_names_nobody_who_is_gone()
    {
        var acme = await TestTenant.NewAsync();
        var team = await acme.CreateAsync<JsonElement>("/v1/teams", new { name = "Care" });
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { low_score = new { at_most = 2, team_id = team.Id() } });
        var path = $"/v1/survey_responses/{(await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 1 })).Id()}/follow_up";
        var before = await acme.GetAsync<JsonElement>(path);

        await acme.Http.DeleteAsync($"/v1/tasks/{before.Text("task_id")}");
        await acme.Http.DeleteAsync($"/v1/teams/{team.Id()}");

        var after = await acme.GetAsync<JsonElement>(path);
        Assert.That(before.Text("team_id"), Is.EqualTo(team.Id()));
        Assert.That((after.GetProperty("team_id").ValueKind, after.GetProperty("task_id").ValueKind), Is.EqualTo((JsonValueKind.Null, JsonValueKind.Null)));
        Assert.That((await TestTenant.ReadAsync<JsonElement>(await acme.Http.PatchAsJsonAsync(path, new { state = "closed", outcome = "explained" }))).Text("state"), Is.EqualTo("closed"));
    }

    [Test]
    public async Task An_anonymous_answer_is_nobodys()
    {
        var acme = await TestTenant.NewAsync();
        var agent = await acme.UserAsync(CustomerCrm.Platform.People.Role.Agent);
        var survey = await SomeSurveys.CreateAsync(acme, "nps", settings: new { anonymity_threshold = 3 });
        var ana = await SomeSurveys.CustomerAsync(acme);

        var response = await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 2 }, ana, agentId: agent.Id);
        var two = await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 9 }, agentId: agent.Id);
        var hidden = (await acme.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}/results")).GetProperty("score");
        await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 10 });
        var shown = (await acme.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}/results")).GetProperty("score");
        var byAgent = (await acme.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}/results/groups?by=agent")).GetProperty("data")[0].GetProperty("score");

        foreach (var member in new[] { "customer_id", "invitation_id", "agent_id", "about" }) Assert.That(response.GetProperty(member).ValueKind, Is.EqualTo(JsonValueKind.Null), member);
        Assert.That(response.GetProperty("answered_at").GetDateTimeOffset(), Is.EqualTo(new DateTimeOffset(2030, 1, 15, 0, 0, 0, TimeSpan.Zero)), "the day alone");
        Assert.That(two.Id(), Is.Not.Empty);
        Assert.That((hidden.GetProperty("value").ValueKind, hidden.Text("reason")), Is.EqualTo((JsonValueKind.Null, "too_few_to_be_anonymous")));
        Assert.That(shown.GetProperty("value").GetDouble(), Is.EqualTo(100.0 / 3).Within(1e-9));
        Assert.That(byAgent.Text("reason"), Is.EqualTo("too_few_to_be_anonymous"));
        var again = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/survey_responses", new { invitation_id = (await SomeSurveys.InvitationsAsync(acme, survey.Id()))[^1].Id(), answers = new { score = 0 } }));
        Assert.That(again.Code, Is.EqualTo("survey_answered"));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/customers/{ana.Id}/survey_responses")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Answers_go_into_the_bin_with_their_customer_and_come_back()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { low_score = new { at_most = 2 } });
        var ana = await SomeSurveys.CustomerAsync(acme);
        var response = await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 1, comment = "Late." }, ana);

        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}");
        var gone = await acme.Http.GetAsync($"/v1/survey_responses/{response.Id()}");
        var without = await NAsync(acme, survey);
        var bin = (await acme.GetAsync<JsonElement>("/v1/recycle_bin")).GetProperty("data")[0].Id();
        await acme.CreateAsync<JsonElement>($"/v1/recycle_bin/{bin}/restore", new { });

        Assert.That((gone.StatusCode, without), Is.EqualTo((HttpStatusCode.NotFound, 0)));
        Assert.That(await NAsync(acme, survey), Is.EqualTo(1));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/survey_responses/{response.Id()}")).GetRawText(), Is.EqualTo(response.GetRawText()));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/survey_responses/{response.Id()}/follow_up")).Text("state"), Is.EqualTo("open"));
    }

    [Test]
    public async Task An_erased_answer_counts_no_more()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        var response = await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 1 });

        var erased = await acme.Http.DeleteAsync($"/v1/survey_responses/{response.Id()}");

        Assert.That((erased.StatusCode, await NAsync(acme, survey)), Is.EqualTo((HttpStatusCode.NoContent, 0)));
    }

    [Test]
    public async Task Responses_are_exported_as_a_file()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        var response = await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 4, comment = "=1+1" });

        var export = await acme.CreateAsync<JsonElement>("/v1/exports", new { list = "survey_responses", query = $"filter[survey_id][eq]={survey.Id()}" });
        await TestApi.RunJobsAsync();
        var file = await acme.Http.GetStringAsync($"/v1/exports/{export.Id()}/file");

        Assert.That(file, Does.Contain(response.Id()).And.Contain("customer_id"));
    }

    private static async Task<int> NAsync(TestTenant tenant, JsonElement survey) => (await tenant.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}/results")).GetProperty("score").GetProperty("n").GetInt32();
}
