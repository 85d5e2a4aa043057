using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerCrm.Tests.Surveys;

public class SurveyTests
{
    [Test]
    public async Task A_survey_brings_its_questions_along()
    {
        var acme = await TestTenant.NewAsync();

        var survey = await SomeSurveys.CreateAsync(acme, "nps", status: "draft");

        Assert.That(survey.GetProperty("definition").GetProperty("questions")[0].Text("key"), Is.EqualTo("score"));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}")).GetRawText(), Is.EqualTo(survey.GetRawText()));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/surveys?filter[kind][eq]=nps&filter[status][eq]=draft")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_free_survey_needs_questions()
    {
        var acme = await TestTenant.NewAsync();

        var problem = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/surveys", new { name = "Free", kind = "free" }));

        Assert.That(problem.Errors, Is.EqualTo(new[] { ("/definition", "required") }));
    }

    [Test]
    public async Task What_its_settings_name_has_to_be_there()
    {
        var (acme, other) = (await TestTenant.NewAsync(), await TestTenant.NewAsync());
        var segment = (await other.CreateAsync<JsonElement>("/v1/segments", new { name = "Theirs", kind = "static" })).Id();
        var template = (await other.CreateAsync<JsonElement>("/v1/templates", new { name = "Theirs", sms = "Hello" })).Id();
        var (user, team) = ((await other.UserAsync(CustomerCrm.Platform.People.Role.Agent)).Id, (await other.CreateAsync<JsonElement>("/v1/teams", new { name = "Theirs" })).Id());

        var problem = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/surveys", new
        {
            name = "S", kind = "csat",
            settings = new { triggers = new object[] { new { on = "segment_joined", segment_id = segment } }, template_id = template, low_score = new { at_most = 2, user_id = user, team_id = team } },
        }));

        Assert.That(problem.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(problem.Pointers, Is.EqualTo(new[] { "/settings/triggers/0/segment_id", "/settings/template_id", "/settings/low_score/user_id", "/settings/low_score/team_id" }));
    }

    [TestCase("""{"triggers":[{"on":"event"}]}""", "/settings/triggers/0/event")]
    [TestCase("""{"triggers":[{"on":"order_delivered","event":"order.paid"}]}""", "/settings/triggers/0/event")]
    [TestCase("""{"triggers":[{"on":"event","event":"survey.sent"}]}""", "/settings/triggers/0/event")]
    [TestCase("""{"triggers":[null]}""", "/settings/triggers/0")]
    [TestCase("""{"sample_percent":0}""", "/settings/sample_percent")]
    [TestCase("""{"gap_days":-1}""", "/settings/gap_days")]
    [TestCase("""{"expires_in_days":0}""", "/settings/expires_in_days")]
    [TestCase("""{"anonymity_threshold":1}""", "/settings/anonymity_threshold")]
    [TestCase("""{"anonymity_threshold":5,"low_score":{"at_most":2}}""", "/settings/low_score")]
    [TestCase("""{"low_score":{"at_most":0}}""", "/settings/low_score/at_most")]
    [TestCase("""{"low_score":{"at_most":6}}""", "/settings/low_score/at_most")]
    public async Task Nonsense_in_a_setting_is_named(string settings, string pointer)
    {
        var acme = await TestTenant.NewAsync();

        var problem = await Problem.OfAsync(await acme.Http.PostAsync("/v1/surveys", new StringContent($$"""{"name":"S","kind":"csat","settings":{{settings}}}""", System.Text.Encoding.UTF8, "application/json")));

        Assert.That(problem.Pointers, Does.Contain(pointer));
    }

    [TestCase("""{"name":"S","kind":"csat","definition":{"languages":["en"],"questions":[null]}}""")]
    [TestCase("""{"name":"S","kind":"csat","definition":{"languages":[null],"questions":[{"key":"a","type":"text","text":{"en":null}}]}}""")]
    [TestCase("""{"name":"S","kind":"csat","definition":{"languages":["en"],"questions":[{"key":"a","type":"choice","text":{"en":"?"},"choices":[null,null],"next":[null]}]}}""")]
    [TestCase("""{"name":"S","kind":"csat","definition":{"languages":["en"],"questions":[{"key":"a","type":"choice","text":{"en":"?"},"choices":[{"key":"x","text":{"en":"X"}},{"key":"y","text":{"en":"Y"}}],"next":[{"choices":[null],"go_to":"end"}]}]}}""")]
    [TestCase("""{"name":"S","kind":"csat","definition":{"languages":[],"questions":[]}}""")]
    [TestCase("""{"name":"S","kind":"csat","definition":{}}""")]
    [TestCase("""{"name":"S","kind":"csat","settings":null}""")]
    [TestCase("""{"name":"S","kind":9}""")]
    [TestCase("""{"name":"S"}""")]
    public async Task Nonsense_is_refused_and_never_an_error_of_ours(string body)
    {
        var acme = await TestTenant.NewAsync();

        var problem = await Problem.OfAsync(await acme.Http.PostAsync("/v1/surveys", new StringContent(body, System.Text.Encoding.UTF8, "application/json")));

        Assert.That((int)problem.Status, Is.AnyOf(400, 422));
        Assert.That(problem.Errors, Is.Not.Empty);
        Assert.That((await acme.GetAsync<JsonElement>("/v1/surveys")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Other_questions_are_a_new_version_and_answered_ones_keep_their_meaning()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 5 });
        object Score(int max) => new { key = "score", type = "scale", text = new { en = "How happy?" }, is_required = true, is_score = true, min = 1, max };

        var changed = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PatchAsJsonAsync($"/v1/surveys/{survey.Id()}", new { definition = SomeSurveys.Definition(Score(5)) }));
        var refused = await Problem.OfAsync(await acme.Http.PatchAsJsonAsync($"/v1/surveys/{survey.Id()}", new { definition = SomeSurveys.Definition(Score(5), new { key = "comment", type = "scale", text = new { en = "?" }, min = 1, max = 3 }) }));
        var anonymous = await Problem.OfAsync(await acme.Http.PatchAsJsonAsync($"/v1/surveys/{survey.Id()}", new { settings = new { anonymity_threshold = 5 } }));
        var versions = (await acme.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}/versions")).GetProperty("data");
        var removed = await Problem.OfAsync(await acme.Http.DeleteAsync($"/v1/surveys/{survey.Id()}"));

        Assert.That(changed.GetProperty("version").GetInt32(), Is.EqualTo(2));
        Assert.That(refused.Errors, Is.EqualTo(new[] { ("/definition/questions/1/type", "meaning_changed") }));
        Assert.That(anonymous.Errors, Is.EqualTo(new[] { ("/settings/anonymity_threshold", "meaning_changed") }));
        Assert.That(versions.EnumerateArray().Select(v => v.GetProperty("answers").GetInt32()), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(removed.Code, Is.EqualTo("survey_has_answers"));
    }

    [Test]
    public async Task Questions_that_somebody_may_still_answer_keep_their_meaning()
    {
        var acme = await TestTenant.NewAsync();
        object Score(int max, string key = "score") => new { key, type = "scale", text = new { en = "How happy?" }, is_required = true, is_score = true, min = 1, max };
        var survey = await SomeSurveys.CreateAsync(acme, "free", definition: SomeSurveys.Definition(Score(5)));
        var before = await ChangeAsync(new { definition = SomeSurveys.Definition(Score(7)) });
        await SomeSurveys.InviteAsync(acme, survey.Id(), (await SomeSurveys.CustomerAsync(acme)).Id.ToString());

        var scale = await Problem.OfAsync(await ChangeAsync(new { definition = SomeSurveys.Definition(Score(10)) }));
        var other = await Problem.OfAsync(await ChangeAsync(new { definition = SomeSurveys.Definition(Score(10, "other")) }));
        var anonymous = await Problem.OfAsync(await ChangeAsync(new { settings = new { anonymity_threshold = 5 } }));

        Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.OK), "nobody was asked yet");
        Assert.That((scale.Errors.Single(), other.Errors.Single()), Is.EqualTo((("/definition/questions/0/max", "meaning_changed"), ("/definition/questions/0/max", "meaning_changed"))), "all scores are counted together");
        Assert.That(anonymous.Errors, Is.EqualTo(new[] { ("/settings/anonymity_threshold", "meaning_changed") }));
        Assert.That((await ChangeAsync(new { definition = SomeSurveys.Definition(Score(7, "other")) })).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        Task<HttpResponseMessage> ChangeAsync(object change) => acme.Http.PatchAsJsonAsync($"/v1/surveys/{survey.Id()}", change);
    }

    [Test]
    public async Task A_survey_can_be_paused_though_the_team_that_it_names_is_gone()
    {
        var acme = await TestTenant.NewAsync();
        var team = await acme.CreateAsync<JsonElement>("/v1/teams", new { name = "Care" });
        var settings = new { low_score = new { at_most = 2, team_id = team.Id() } };
        var survey = await SomeSurveys.CreateAsync(acme, settings: settings);
        await acme.Http.DeleteAsync($"/v1/teams/{team.Id()}");

        var paused = await TestTenant.ReadAsync<JsonElement>(await acme.Http.PatchAsJsonAsync($"/v1/surveys/{survey.Id()}", new { status = "paused" }));
        var again = await Problem.OfAsync(await acme.Http.PatchAsJsonAsync($"/v1/surveys/{survey.Id()}", new { settings }));
        var active = await Problem.OfAsync(await acme.Http.PatchAsJsonAsync($"/v1/surveys/{survey.Id()}", new { status = "active" }));

        Assert.That(paused.Text("status"), Is.EqualTo("paused"));
        Assert.That((again.Errors.Single().Pointer, active.Errors.Single().Pointer), Is.EqualTo(("/settings/low_score/team_id", "/settings/low_score/team_id")));
    }

    [Test]
    public async Task An_unanswered_survey_is_deleted_with_its_invitations()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        var (_, path) = await SomeSurveys.InviteAsync(acme, survey.Id(), (await SomeSurveys.CustomerAsync(acme)).Id.ToString());

        var removed = await acme.Http.DeleteAsync($"/v1/surveys/{survey.Id()}");

        Assert.That(removed.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await TestApi.NewClient().GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
