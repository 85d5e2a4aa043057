using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tests.Slas;
using CustomerCrm.Tests.Surveys;

namespace CustomerCrm.Tests.SurveyPages;

/// <summary>Who answers a part of a survey and leaves is heard all the same.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Parallelizable(ParallelScope.Self)]
public class StepByStepTests
{
    private DeskHost host = null!;

    [OneTimeSetUp]
    public void Start() => host = new DeskHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [SetUp]
    public Task NextTuesdayAsync() => host.NextTuesdayAsync();

    [Test]
    public async Task The_score_is_a_page_of_its_own_and_the_link_goes_on_behind_it()
    {
        var (_, path, _) = await AskedAsync();

        var first = await GetAsync(path);
        var second = await SendAsync(path, ("seen", "score"), ("q_score", "4"));
        var later = await GetAsync(path);

        Assert.That(first, Does.Contain("How satisfied").And.Not.Contain("tell us why").And.Contain(">Continue<").And.Contain("Each page that you send is kept."));
        Assert.That(second, Does.Contain("tell us why").And.Not.Contain("<legend>").And.Contain(">Send<"));
        Assert.That(later, Is.EqualTo(second));
    }

    [Test]
    public async Task Who_leaves_after_the_score_is_counted_in_part_a_day_later_and_once()
    {
        var (desk, path, survey) = await AskedAsync(new { low_score = new { at_most = 2 } });
        await SendAsync(path, ("seen", "score"), ("q_score", "1"));
        var left = host.Clock.GetUtcNow();

        await host.PassAsync(TimeSpan.FromHours(23));
        var before = await desk.ListAsync("/v1/survey_responses");
        await host.PassAsync(TimeSpan.FromHours(2));
        await host.RunAsync();
        var again = await SendAsync(path, ("seen", "score"), ("seen", "comment"), ("q_score", "5"), ("q_comment", "No."));

        Assert.That(before, Is.Empty);
        var response = (await desk.ListAsync($"/v1/survey_responses?filter[is_complete][eq]=false")).Single();
        Assert.That((response.GetProperty("is_complete").GetBoolean(), response.GetProperty("score").GetInt32(), response.GetProperty("answered_at").GetDateTimeOffset()), Is.EqualTo((false, 1, left)));
        Assert.That(again, Does.Contain("The first one counts."));
        Assert.That(await desk.ListAsync("/v1/survey_responses?filter[is_complete][eq]=true"), Is.Empty);
        Assert.That((await desk.EventsAsync("survey.answered")).Length, Is.EqualTo(1));
        Assert.That((await desk.EventsAsync("survey.low_score")).Length, Is.EqualTo(1));
        var invitation = (await desk.ListAsync($"/v1/surveys/{survey}/invitations")).Single();
        Assert.That((invitation.Text("state"), invitation.GetProperty("begun_at").ValueKind), Is.EqualTo(("answered", JsonValueKind.Null)));
    }

    [Test]
    public async Task Each_step_gives_the_whole_time_anew_and_the_survey_says_how_long()
    {
        var (desk, path, survey) = await AskedAsync(new { partial_after_hours = 2 }, Long());
        await SendAsync(path, Answered(1, 5));
        await host.PassAsync(TimeSpan.FromMinutes(90));
        await SendAsync(path, Answered(6, 10));
        await host.PassAsync(TimeSpan.FromMinutes(90));

        var inBetween = await desk.GetAsync($"/v1/surveys/{survey}/invitations/{(await desk.ListAsync($"/v1/surveys/{survey}/invitations")).Single().Id()}/explanation");
        var early = await desk.ListAsync("/v1/survey_responses");
        await host.PassAsync(TimeSpan.FromMinutes(45));

        Assert.That(inBetween.Text("summary"), Does.EndWith("the customer has answered a part of it."));
        Assert.That(early, Is.Empty);
        Assert.That((await desk.ListAsync("/v1/survey_responses")).Single().GetProperty("answers").EnumerateObject().Count(), Is.EqualTo(10));
    }

    [Test]
    public async Task Who_goes_on_in_time_has_answered_it_whole()
    {
        var (desk, path, survey) = await AskedAsync();
        await SendAsync(path, ("seen", "score"), ("q_score", "2"));
        await host.PassAsync(TimeSpan.FromHours(1));

        var thanks = await SendAsync(path, ("seen", "comment"), ("q_comment", "Late."));
        await host.PassAsync(TimeSpan.FromHours(26));

        var response = (await desk.ListAsync("/v1/survey_responses")).Single();
        Assert.That(thanks, Does.Contain("Your answer has arrived."));
        Assert.That((response.GetProperty("is_complete").GetBoolean(), response.GetProperty("score").GetInt32(), response.GetProperty("answers").Text("comment")), Is.EqualTo((true, 2, "Late.")));
        var results = await desk.GetAsync($"/v1/surveys/{survey}/results");
        Assert.That((results.GetProperty("partial_count").GetInt32(), results.GetProperty("completion").GetProperty("count").GetInt32()), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_part_counts_in_the_score_and_in_the_questions_it_answers_and_is_said_to_be_one()
    {
        var (desk, path, survey) = await AskedAsync();
        await SendAsync(path, ("seen", "score"), ("q_score", "1"));
        await host.PassAsync(TimeSpan.FromHours(25));
        await SendAsync(await InviteAsync(desk, survey), ("seen", "score"), ("seen", "comment"), ("q_score", "5"), ("q_comment", "Fine."));

        var results = await desk.GetAsync($"/v1/surveys/{survey}/results");

        Assert.That((results.GetProperty("partial_count").GetInt32(), results.GetProperty("completion").GetProperty("count").GetInt32(), results.GetProperty("completion").GetProperty("n").GetInt32()), Is.EqualTo((1, 1, 2)));
        Assert.That((results.GetProperty("score").GetProperty("n").GetInt32(), results.GetProperty("score").GetProperty("value").GetDouble()), Is.EqualTo((2, 0.5)));
        Assert.That(results.GetProperty("questions").EnumerateArray().Select(q => q.GetProperty("n").GetInt32()), Is.EqualTo(new[] { 2, 1 }));
        Assert.That(results.GetProperty("response_rate").GetProperty("count").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task Another_score_in_the_address_asks_again_and_keeps_the_rest()
    {
        var (desk, path, _) = await AskedAsync(definition: Long(scored: true));
        await SendAsync(path, ("seen", "score"), ("q_score", "2"));
        await SendAsync(path, Answered(1, 5));

        var same = await GetAsync($"{path}?score=2");
        var other = await GetAsync($"{path}?score=5");
        var afterwards = await SendAsync(path, ("seen", "score"), ("q_score", "5"));

        Assert.That(same, Does.Contain("Question 6?").And.Not.Contain("<legend>"));
        Assert.That(other, Does.Contain("value=\"5\" checked").And.Not.Contain("Question 1?"));
        Assert.That(afterwards, Does.Contain("Question 6?").And.Contain("name=\"q_score\" value=\"5\"").And.Contain("name=\"q_t1\" value=\"said 1\""));
        Assert.That(await desk.ListAsync("/v1/survey_responses"), Is.Empty, "what is kept is no answer yet");
    }

    [Test]
    public async Task What_was_right_before_something_wrong_is_kept()
    {
        var (_, path, _) = await AskedAsync(definition: new
        {
            languages = new[] { "en" },
            questions = new object[]
            {
                new { key = "many", type = "choice", is_many = true, text = SomeSurveys.In("Which?"), choices = Options() },
                new { key = "each", type = "matrix", text = SomeSurveys.In("Each?"), choices = Options(), rows = new object[] { new { key = "r", text = SomeSurveys.In("R") }, new { key = "s", text = SomeSurveys.In("S") } } },
                new { key = "must", type = "text", is_required = true, text = SomeSurveys.In("Say.") },
            },
        });

        await SendAsync(path, ("seen", "many"), ("seen", "each"), ("seen", "must"), ("q_many", "x"), ("q_many", "y"), ("q_each.s", "y"));
        var later = await GetAsync(path);

        Assert.That(later.Split("checked").Length - 1, Is.EqualTo(3));
        Assert.That(later, Does.Contain("name=\"q_each.s\" value=\"y\" checked").And.Not.Contain("role=\"alert\""));
    }

    [Test]
    public async Task An_anonymous_survey_keeps_nothing_before_it_is_sent()
    {
        var (desk, path, survey) = await AskedAsync(new { anonymity_threshold = 2 });

        var second = await SendAsync(path, ("seen", "score"), ("q_score", "1"));
        var later = await GetAsync(path);
        await host.PassAsync(TimeSpan.FromHours(25));

        Assert.That(second, Does.Contain("name=\"q_score\" value=\"1\"").And.Not.Contain("is kept"));
        Assert.That(later, Does.Contain("How satisfied").And.Not.Contain("checked"));
        Assert.That(await desk.ListAsync("/v1/survey_responses"), Is.Empty);
        Assert.That((await desk.ListAsync($"/v1/surveys/{survey}/invitations")).Single().Text("state"), Is.EqualTo("sent"));
    }

    [Test]
    public async Task Who_left_out_everything_has_said_nothing_and_can_still_answer()
    {
        var (desk, path, _) = await AskedAsync(definition: Long());
        await SendAsync(path, Answered(1, 5));
        await SendAsync(path, [.. Enumerable.Range(1, 5).Select(i => ("seen", $"t{i}"))]);

        await host.PassAsync(TimeSpan.FromHours(25));
        var later = await GetAsync(path);

        Assert.That(await desk.ListAsync("/v1/survey_responses"), Is.Empty);
        Assert.That(later, Does.Contain("Question 1?"));
    }

    [Test]
    public async Task An_answer_by_the_api_takes_the_place_of_what_was_begun()
    {
        var (desk, path, survey) = await AskedAsync();
        await SendAsync(path, ("seen", "score"), ("q_score", "1"));
        var invitation = (await desk.ListAsync($"/v1/surveys/{survey}/invitations")).Single();

        await desk.PostAsync("/v1/survey_responses", new { invitation_id = invitation.Id(), answers = new { score = 4 } });
        await host.PassAsync(TimeSpan.FromHours(25));

        Assert.That(invitation.GetProperty("begun_at").ValueKind, Is.EqualTo(JsonValueKind.String));
        Assert.That((await desk.ListAsync("/v1/survey_responses")).Single().GetProperty("score").GetInt32(), Is.EqualTo(4));
    }

    [Test]
    public async Task A_survey_that_somebody_has_begun_to_answer_is_not_deleted()
    {
        var (desk, path, survey) = await AskedAsync();
        await SendAsync(path, ("seen", "score"), ("q_score", "1"));

        Assert.That((await Problem.OfAsync(await desk.Http.DeleteAsync($"/v1/surveys/{survey}"))).Code, Is.EqualTo("survey_has_answers"));
    }

    private static object[] Options() => [new { key = "x", text = SomeSurveys.In("X") }, new { key = "y", text = SomeSurveys.In("Y") }];

    private static object Long(bool scored = false) => new
    {
        languages = new[] { "en" },
        questions = (scored ? new object[] { new { key = "score", type = "scale", min = 1, max = 5, is_required = true, is_score = true, text = SomeSurveys.In("How much?") } } : [])
            .Concat(Enumerable.Range(1, 12).Select(i => (object)new { key = $"t{i}", type = "text", text = SomeSurveys.In($"Question {i}?") })),
    };

    private static (string, string)[] Answered(int from, int to) => [.. Enumerable.Range(from, to - from + 1).SelectMany(i => new[] { ("seen", $"t{i}"), ($"q_t{i}", $"said {i}") })];

    private async Task<(Desk, string Path, string Survey)> AskedAsync(object? settings = null, object? definition = null)
    {
        var desk = await host.DeskAsync();
        var survey = (await desk.PostAsync("/v1/surveys", new { name = "How was it?", kind = definition is null ? "csat" : "free", status = "active", settings = settings ?? new { }, definition })).Id();
        return (desk, await InviteAsync(desk, survey), survey);
    }

    private static async Task<string> InviteAsync(Desk desk, string survey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/surveys/{survey}/invitations") { Content = JsonContent.Create(new { customer_id = await desk.CustomerAsync(), channel = "link" }) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return new Uri((await TestTenant.ReadAsync<JsonElement>(await desk.Http.SendAsync(request))).Text("url")).AbsolutePath;
    }

    private async Task<string> GetAsync(string path) => await host.CreateClient().GetStringAsync(path);

    private async Task<string> SendAsync(string path, params (string Name, string Value)[] fields) =>
        await (await host.CreateClient().PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))))).Content.ReadAsStringAsync();
}
