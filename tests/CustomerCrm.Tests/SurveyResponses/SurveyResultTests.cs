using System.Text.Json;
using CustomerCrm.Tests.Surveys;

namespace CustomerCrm.Tests.SurveyResponses;

/// <summary>Figures that were worked out by hand.</summary>
public class SurveyResultTests
{
    [Test]
    public async Task A_net_promoter_score_of_ten_answers()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, "nps");
        // 5 promoters, 3 between, 2 detractors: 50 % less 20 % is 30 points.
        foreach (var score in new[] { 10, 10, 9, 9, 9, 8, 7, 7, 6, 0 }) await LoadAsync(acme, survey, score);

        var figure = (await acme.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}/results")).GetProperty("score");

        // p = 5.75/13, d = 2.75/13: the variance 0.653846 − 0.230769² = 0.600592, over 13 its root 0.214941, times 1.959964 is 0.421277; the centre 3/13.
        Assert.That(figure.GetProperty("value").GetDouble(), Is.EqualTo(30));
        Assert.That(figure.GetProperty("low").GetDouble(), Is.EqualTo(-19.0508).Within(0.001));
        Assert.That(figure.GetProperty("high").GetDouble(), Is.EqualTo(65.2046).Within(0.001));
        Assert.That((figure.GetProperty("low_count").GetInt32(), figure.GetProperty("middle_count").GetInt32(), figure.GetProperty("high_count").GetInt32()), Is.EqualTo((2, 3, 5)));
        Assert.That((figure.Text("unit"), figure.Text("method"), figure.GetProperty("sufficient").GetBoolean()), Is.EqualTo(("points", "net_promoter_adjusted_wald", true)));
    }

    [Test]
    public async Task Satisfaction_is_the_share_of_the_happy_and_effort_is_a_mean()
    {
        var acme = await TestTenant.NewAsync();
        var (csat, ces) = (await SomeSurveys.CreateAsync(acme), await SomeSurveys.CreateAsync(acme, "ces"));
        foreach (var score in new[] { 5, 4, 3, 1 }) await LoadAsync(acme, csat, score);
        foreach (var score in new[] { 2, 4, 6 }) await LoadAsync(acme, ces, score);

        var (share, mean) = ((await acme.GetAsync<JsonElement>($"/v1/surveys/{csat.Id()}/results")).GetProperty("score"), (await acme.GetAsync<JsonElement>($"/v1/surveys/{ces.Id()}/results")).GetProperty("score"));

        // Wilson at 2 of 4: 0.5 ± 0.349938, by E. B. Wilson's formula.
        Assert.That((share.GetProperty("value").GetDouble(), share.Text("reason")), Is.EqualTo((0.5, "too_few_answers")));
        Assert.That(share.GetProperty("low").GetDouble(), Is.EqualTo(0.150036).Within(1e-5));
        // The mean 4, s = 2, t(0.975; 2) = 4.302653: 4 ± 4.302653 · 2 / √3 = 4 ± 4.968275.
        Assert.That(mean.GetProperty("value").GetDouble(), Is.EqualTo(4));
        Assert.That(mean.GetProperty("low").GetDouble(), Is.EqualTo(-0.968275).Within(1e-5));
    }

    [Test]
    public async Task Of_three_who_were_asked_one_has_answered()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        foreach (var _ in new[] { 1, 2 }) await SomeSurveys.InviteAsync(acme, survey.Id(), (await SomeSurveys.CustomerAsync(acme)).Id.ToString());
        await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 5 });

        var rate = (await acme.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}/results")).GetProperty("response_rate");

        Assert.That((rate.GetProperty("count").GetInt32(), rate.GetProperty("n").GetInt32()), Is.EqualTo((1, 3)));
    }

    [Test]
    public async Task A_trend_has_a_piece_for_each_week_in_the_tenants_own_zone()
    {
        var acme = await TestTenant.NewAsync("Europe/Vienna");
        var survey = await SomeSurveys.CreateAsync(acme);
        // Sunday the 6th at 23:30 in Vienna is 22:30 UTC; half an hour later it is Monday, and another week.
        await LoadAsync(acme, survey, 5, "2030-01-06T22:30:00Z");
        await LoadAsync(acme, survey, 1, "2030-01-06T23:30:00Z");

        var trend = (await acme.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}/results?from=2030-01-01&to=2030-01-15")).GetProperty("trend").EnumerateArray().ToArray();
        var months = (await acme.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}/results?from=2029-11-15&to=2030-01-15&interval=month")).GetProperty("trend").EnumerateArray().ToArray();

        Assert.That(trend.Select(p => (p.Text("from"), p.Text("to"), p.GetProperty("score").GetProperty("n").GetInt32())),
            Is.EqualTo(new[] { ("2030-01-01", "2030-01-06", 1), ("2030-01-07", "2030-01-13", 1), ("2030-01-14", "2030-01-15", 0) }));
        Assert.That(months.Select(p => (p.Text("from"), p.GetProperty("score").GetProperty("n").GetInt32())), Is.EqualTo(new[] { ("2029-11-15", 0), ("2029-12-01", 0), ("2030-01-01", 2) }));
    }

    [Test]
    public async Task The_score_is_compared_with_as_many_days_before()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        await LoadAsync(acme, survey, 1, "2030-01-03T12:00:00Z");
        await LoadAsync(acme, survey, 5, "2030-01-12T12:00:00Z");

        var results = await acme.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}/results?from=2030-01-09&to=2030-01-15");

        Assert.That((results.GetProperty("score").GetProperty("value").GetDouble(), results.GetProperty("score_before").GetProperty("value").GetDouble()), Is.EqualTo((1.0, 0.0)));
    }

    [Test]
    public async Task Groups_are_those_of_the_moment_of_the_answer()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        var agent = await acme.UserAsync(CustomerCrm.Platform.People.Role.Agent);
        var segment = await acme.CreateAsync<JsonElement>("/v1/segments", new { name = "Big", kind = "static" });
        var sku = Guid.NewGuid().ToString("N");
        var product = await acme.CreateAsync<JsonElement>("/v1/products", new { name = "Green tea", sku });
        var ana = await SomeSurveys.CustomerAsync(acme);
        await acme.CreateAsync<JsonElement>($"/v1/segments/{segment.Id()}/members", new { customer_ids = new[] { ana.Id.ToString() } });
        var order = await acme.CreateAsync<JsonElement>("/v1/orders/", new { customer_id = ana.Id.ToString(), lines = new[] { new { sku, name = "Green tea", quantity = 1, unit_price_minor = 500 } } });

        await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 4 }, ana, new { kind = "order", id = order.Id() }, agent.Id);
        await acme.Http.DeleteAsync($"/v1/segments/{segment.Id()}/members/{ana.Id}");

        foreach (var (by, id, name) in new[] { ("agent", agent.Id, "Ada Lovelace"), ("segment", segment.Id(), "Big"), ("product", product.Id(), "Green tea"), ("channel", "link", null) })
        {
            var group = (await acme.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}/results/groups?by={by}")).GetProperty("data").EnumerateArray().Single();
            Assert.That((group.Text("id"), group.GetProperty("name").GetString(), group.GetProperty("score").GetProperty("n").GetInt32()), Is.EqualTo((id, name, 1)), by);
        }
        Assert.That((await Problem.OfAsync(await acme.Http.GetAsync($"/v1/surveys/{survey.Id()}/results/groups?by=moon"))).Errors.Single().Code, Is.EqualTo("value_invalid"));
    }

    [Test]
    public async Task Every_question_has_its_figures()
    {
        var acme = await TestTenant.NewAsync();
        object[] options = [new { key = "x", text = SomeSurveys.In("X") }, new { key = "y", text = SomeSurveys.In("Y") }];
        var survey = await SomeSurveys.CreateAsync(acme, "free", definition: SomeSurveys.Definition(
            new { key = "much", type = "scale", min = 1, max = 5, text = SomeSurveys.In("How much?"), is_score = true },
            new { key = "which", type = "choice", is_many = true, text = SomeSurveys.In("Which?"), choices = options },
            new { key = "each", type = "matrix", text = SomeSurveys.In("Each?"), choices = options, rows = new object[] { new { key = "r", text = SomeSurveys.In("R") } } },
            new { key = "words", type = "text", text = SomeSurveys.In("Say.") }));
        await SomeSurveys.AnswerAsync(acme, survey.Id(), new { much = 2, which = new[] { "x", "y" }, each = new { r = "x" }, words = "Good." });
        await SomeSurveys.AnswerAsync(acme, survey.Id(), new { much = 4, which = new[] { "x" } });

        var questions = (await acme.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}/results")).GetProperty("questions").EnumerateArray().ToDictionary(q => q.Text("key"));

        Assert.That((questions["much"].GetProperty("n").GetInt32(), questions["much"].GetProperty("mean").GetProperty("value").GetDouble()), Is.EqualTo((2, 3.0)));
        Assert.That(questions["which"].GetProperty("answers").EnumerateArray().Select(a => (a.Text("choice"), a.GetProperty("share").GetProperty("count").GetInt32(), a.GetProperty("share").GetProperty("n").GetInt32())), Is.EqualTo(new[] { ("x", 2, 2), ("y", 1, 2) }));
        Assert.That(questions["each"].GetProperty("answers").EnumerateArray().Select(a => (a.Text("row"), a.Text("choice"))), Is.EqualTo(new[] { ("r", "x") }));
        Assert.That((questions["words"].GetProperty("n").GetInt32(), questions["words"].GetProperty("answers").GetArrayLength()), Is.EqualTo((1, 0)));
    }

    [TestCase("from=2030-02-01&to=2030-01-01")]
    [TestCase("from=2020-01-01&to=2030-01-01")]
    [TestCase("interval=year")]
    [TestCase("from=yesterday")]
    public async Task Nonsense_in_the_query_is_400(string query)
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);

        Assert.That((int)(await acme.Http.GetAsync($"/v1/surveys/{survey.Id()}/results?{query}")).StatusCode, Is.EqualTo(400));
    }

    private static Task<JsonElement> LoadAsync(TestTenant tenant, JsonElement survey, int score, string? at = null) =>
        tenant.CreateAsync<JsonElement>("/v1/survey_responses", new { survey_id = survey.Id(), answers = new { score }, answered_at = at });
}
