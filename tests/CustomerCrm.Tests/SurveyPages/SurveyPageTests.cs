using System.Net;
using System.Text;
using System.Text.Json;
using CustomerCrm.SurveyPages;
using CustomerCrm.Tests.Surveys;

namespace CustomerCrm.Tests.SurveyPages;

public class SurveyPageTests
{
    [Test]
    public async Task Opening_it_counts_nothing_and_only_chooses_the_score()
    {
        var (acme, survey, path) = await AskedAsync();

        var page = await TestApi.NewClient().GetStringAsync($"{path}?score=4");
        await TestApi.NewClient().SendAsync(new HttpRequestMessage(HttpMethod.Head, $"{path}?score=1"));

        Assert.That(page, Does.Contain("value=\"4\" checked required").And.Contain("Acme").And.Contain("How satisfied are you with us?"));
        Assert.That(page, Does.Not.Contain("value=\"3\" checked"));
        Assert.That(await AnswersAsync(acme, survey), Is.Empty);
    }

    [TestCase("score=99")]
    [TestCase("score=%3Cscript%3E")]
    [TestCase("score=&score=4")]
    [TestCase("other=1")]
    public async Task A_score_that_is_none_chooses_nothing(string query)
    {
        var (_, _, path) = await AskedAsync();

        var response = await TestApi.NewClient().GetAsync($"{path}?{query}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Not.Contain("checked").And.Not.Contain("<script"));
    }

    [Test]
    public async Task What_is_sent_counts_once_and_a_second_click_is_thanked()
    {
        var (acme, survey, path) = await AskedAsync();

        var first = await SomeSurveys.SendAsync(path, ("seen", "score"), ("seen", "comment"), ("q_score", "4"), ("q_comment", "Fine."));
        var second = await SomeSurveys.SendAsync(path, ("seen", "score"), ("seen", "comment"), ("q_score", "1"));
        var opened = await TestApi.NewClient().GetStringAsync(path);

        Assert.That(await first.Content.ReadAsStringAsync(), Does.Contain("Your answer has arrived."));
        Assert.That(await second.Content.ReadAsStringAsync(), Does.Contain("The first one counts."));
        Assert.That(opened, Does.Contain("The first one counts.").And.Not.Contain("<form"));
        var answer = (await AnswersAsync(acme, survey)).Single();
        Assert.That((answer.GetProperty("score").GetInt32(), answer.Text("language"), answer.GetProperty("answers").Text("comment")), Is.EqualTo((4, "en", "Fine.")));
    }

    [Test]
    public async Task What_is_missing_is_said_and_what_was_written_stays()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, "free", definition: SomeSurveys.Definition(
            new { key = "much", type = "scale", min = 1, max = 5, is_required = true, text = SomeSurveys.In("How much?") }, new { key = "comment", type = "text", text = SomeSurveys.In("Why?") }));
        var (_, path) = await SomeSurveys.InviteAsync(acme, survey.Id(), (await SomeSurveys.CustomerAsync(acme)).Id.ToString());

        var response = await SomeSurveys.SendAsync(path!, ("seen", "much"), ("seen", "comment"), ("q_comment", "I <b>forgot</b>."));
        var page = await response.Content.ReadAsStringAsync();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(page, Does.Contain("role=\"alert\"").And.Contain("id=\"much-error\"").And.Contain("I &lt;b&gt;forgot&lt;/b&gt;."));
        Assert.That(await AnswersAsync(acme, survey), Is.Empty);
    }

    [Test]
    public async Task Questions_that_depend_on_an_answer_come_on_the_next_page()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, "free", definition: SomeSurveys.Definition(
            new { key = "name", type = "text", text = SomeSurveys.In("Who?") },
            new { key = "much", type = "scale", min = 0, max = 5, is_required = true, text = SomeSurveys.In("How much?"), next = new object[] { new { from = 3, go_to = "praise" } } },
            new { key = "why", type = "text", is_required = true, text = SomeSurveys.In("Why so little?"), next = new[] { new { go_to = "end" } } },
            new { key = "praise", type = "text", text = SomeSurveys.In("What was good?") }));
        var (_, path) = await SomeSurveys.InviteAsync(acme, survey.Id(), (await SomeSurveys.CustomerAsync(acme)).Id.ToString());

        var first = await TestApi.NewClient().GetStringAsync(path);
        var second = await (await SomeSurveys.SendAsync(path!, ("seen", "name"), ("seen", "much"), ("q_name", "Ana \"A\""), ("q_much", "1"))).Content.ReadAsStringAsync();
        var third = await (await SomeSurveys.SendAsync(path!, ("seen", "name"), ("seen", "much"), ("seen", "why"), ("q_name", "Ana"), ("q_much", "1"), ("q_why", " "))).Content.ReadAsStringAsync();
        await SomeSurveys.SendAsync(path!, ("seen", "name"), ("seen", "much"), ("seen", "why"), ("q_name", "Ana"), ("q_much", "1"), ("q_why", "Late."), ("q_praise", "not asked"));

        Assert.That(first, Does.Contain("Who?").And.Contain("How much?").And.Not.Contain("Why so little?").And.Contain("Continue"));
        Assert.That(second, Does.Contain("Why so little?").And.Not.Contain("What was good?").And.Contain("name=\"q_name\" value=\"Ana &quot;A&quot;\"").And.Contain("Send"));
        Assert.That(third, Does.Contain("id=\"why-error\""));
        var answer = (await AnswersAsync(acme, survey)).Single();
        Assert.That(answer.GetProperty("answers").EnumerateObject().Select(a => a.Name), Is.EqualTo(new[] { "name", "much", "why" }));
    }

    [TestCase("de", "Weiter")]
    [TestCase("fr", "Continuer")]
    [TestCase("sr", "Dalje")]
    [TestCase("it", "Continue")]
    public async Task It_speaks_the_customers_language(string language, string button)
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        var (_, path) = await SomeSurveys.InviteAsync(acme, survey.Id(), (await SomeSurveys.CustomerAsync(acme, language)).Id.ToString());

        var page = await TestApi.NewClient().GetStringAsync(path);

        Assert.That(page, Does.Contain($">{button}</button>").And.Contain($"<html lang=\"{(language == "it" ? "en" : language)}\">"));
    }

    [Test]
    public void Every_language_says_everything() =>
        Assert.That(SurveyPageTexts.All.SelectMany(texts => typeof(SurveyPageTexts).GetProperties().Where(p => p.PropertyType == typeof(string)).Select(p => (string?)p.GetValue(texts))), Is.All.Not.Empty);

    [Test]
    public async Task A_forged_link_opens_nothing()
    {
        var (_, _, path) = await AskedAsync();
        var token = path[(path.LastIndexOf('/') + 1)..];
        string[] forged =
        [
            token[..^1] + (token[^1] == 'A' ? 'B' : 'A'),
            (token[0] == 'A' ? 'B' : 'A') + token[1..],
            token + "A",
            token[..20],
            Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', 40))).TrimEnd('='),
            "..%2f..%2fetc",
            new('A', 1500),
        ];

        foreach (var one in forged)
        {
            Assert.That((await TestApi.NewClient().GetAsync($"/survey/{one}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), one);
            Assert.That((await SomeSurveys.SendAsync($"/survey/{one}", ("seen", "score"), ("q_score", "5"))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), one);
        }
    }

    [Test]
    public async Task A_link_for_another_purpose_opens_nothing_here()
    {
        var pages = await Preferences.SomePages.NewAsync();
        var token = (await pages.PreferencesAsync()).Split('/')[^1];

        Assert.That((await TestApi.NewClient().GetAsync($"/survey/{token}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Nonsense_in_every_field_is_never_an_error_of_ours()
    {
        var (acme, survey, path) = await AskedAsync();
        (string, string)[][] forms =
        [
            [],
            [("seen", "nothing")],
            [("seen", "score"), ("seen", "comment"), ("q_score", "999999999999")],
            [("seen", "score"), ("seen", "comment"), ("q_score", "-1"), ("q_score", "3")],
            [("seen", "score"), ("seen", "comment"), ("q_score", "4\0")],
            [("seen", "score"), ("seen", "comment"), ("q_score", "5"), ("q_comment", new string('ü', 2001))],
        ];

        foreach (var form in forms) Assert.That((int)(await SomeSurveys.SendAsync(path, form)).StatusCode, Is.AnyOf(200, 400, 422));
        Assert.That((int)(await TestApi.NewClient().PostAsync(path, new StringContent("{}", Encoding.UTF8, "application/json"))).StatusCode, Is.LessThan(500));
        Assert.That((int)(await SomeSurveys.SendAsync(path, ("q_comment", new string('x', 600_000)))).StatusCode, Is.AnyOf(400, 413));
        Assert.That(await AnswersAsync(acme, survey), Is.Empty);
    }

    [Test]
    public async Task A_text_of_two_thousand_wide_characters_comes_through()
    {
        var (acme, survey, path) = await AskedAsync();
        var text = string.Concat(Enumerable.Repeat("日", 2000));

        await SomeSurveys.SendAsync(path, ("seen", "score"), ("seen", "comment"), ("q_score", "5"), ("q_comment", text));

        Assert.That((await AnswersAsync(acme, survey)).Single().GetProperty("answers").Text("comment"), Is.EqualTo(text));
    }

    private static async Task<(TestTenant, JsonElement Survey, string Path)> AskedAsync()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        var (_, path) = await SomeSurveys.InviteAsync(acme, survey.Id(), (await SomeSurveys.CustomerAsync(acme)).Id.ToString());
        return (acme, survey, path!);
    }

    private static async Task<JsonElement[]> AnswersAsync(TestTenant tenant, JsonElement survey) =>
        [.. (await tenant.GetAsync<JsonElement>($"/v1/survey_responses?filter[survey_id][eq]={survey.Id()}")).GetProperty("data").EnumerateArray()];
}
