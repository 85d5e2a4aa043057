using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Articles;
using CustomerCrm.Tests.Articles;

namespace CustomerCrm.Tests.Help;

public class HelpVoteTests
{
    private SomeHelp help = null!;
    private Article article = null!;

    private string Vote => $"{help.Home}/articles/{article.Slug}/vote";

    [SetUp]
    public async Task OpenAsync()
    {
        help = await SomeHelp.NewAsync();
        article = await HelpTexts.PublishAsync(help.Acme, "Returns", "Thirty days.");
    }

    [Test]
    public async Task A_long_remark_ends_before_a_sign_that_would_be_cut_in_half()
    {
        await SomeHelp.SendAsync(TestApi.NewClient(), Vote, ("helpful", "no"), ("remark", new string('a', 999) + "\U0001F600 and more"));

        var votes = await help.Acme.GetAsync<JsonElement>($"/v1/articles/{article.Id}/votes?filter[has_remark][eq]=true");
        Assert.That(votes.GetProperty("data")[0].GetProperty("remark").GetString(), Is.EqualTo(new string('a', 999)));
    }

    [Test]
    public async Task The_longest_remark_arrives_in_any_writing()
    {
        var remark = new string('品', 1000);
        await SomeHelp.SendAsync(TestApi.NewClient(), Vote, ("helpful", "no"), ("remark", remark));

        var votes = await help.Acme.GetAsync<JsonElement>($"/v1/articles/{article.Id}/votes?filter[has_remark][eq]=true");
        Assert.That(votes.GetProperty("data")[0].GetProperty("remark").GetString(), Is.EqualTo(remark));
    }

    [Test]
    public async Task Fifty_votes_of_fifty_visitors_at_once_are_fifty()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => SomeHelp.SendAsync(TestApi.NewClient(), Vote, ("helpful", i % 5 == 0 ? "no" : "yes"))));

        Assert.That(await StandingAsync(), Is.EqualTo((40, 10)));
    }

    [Test]
    public async Task Fifty_votes_of_one_visitor_at_once_are_one()
    {
        var http = TestApi.NewClient();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => SomeHelp.SendAsync(http, Vote, ("helpful", "yes"))));

        Assert.That(answers.Select(a => a.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(await StandingAsync(), Is.EqualTo((1, 0)));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => help.Acme.Http.PostAsJsonAsync($"/v1/articles/{article.Id}/votes", new { visitor = "w1", is_helpful = true })));
        Assert.That(await StandingAsync(), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task A_visitor_may_change_their_mind_and_a_made_up_cookie_is_no_other_visitor()
    {
        var http = TestApi.NewClient();
        var first = await SomeHelp.SendAsync(http, Vote, ("helpful", "yes"));
        var cookie = first.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        await SomeHelp.SendAsync(http, Vote, ("helpful", "no"), ("remark", "Where is the <label>?"));
        Assert.That(await StandingAsync(), Is.EqualTo((0, 1)));

        var elsewhere = TestApi.NewClient();
        elsewhere.DefaultRequestHeaders.Add("Cookie", cookie);
        await SomeHelp.SendAsync(elsewhere, Vote, ("helpful", "yes"));
        Assert.That(await StandingAsync(), Is.EqualTo((1, 0)), "the same browser at another address is the same visitor");

        foreach (var madeUp in new[] { new string('a', 64), "x", "" })
        {
            http.DefaultRequestHeaders.Remove("Cookie");
            http.DefaultRequestHeaders.Add("Cookie", $"help_visitor={madeUp}");
            await SomeHelp.SendAsync(http, Vote, ("helpful", "yes"));
        }
        Assert.That(await StandingAsync(), Is.EqualTo((1, 0)));
        var votes = await help.Acme.GetAsync<JsonElement>($"/v1/articles/{article.Id}/votes?filter[has_remark][eq]=true");
        Assert.That(votes.GetProperty("data")[0].GetProperty("remark").GetString(), Is.EqualTo("Where is the <label>?"));
    }

    [TestCase("Sec-Fetch-Site", "cross-site")]
    [TestCase("Sec-Fetch-Site", "same-site")]
    [TestCase("Origin", "https://evil.example")]
    [TestCase("Origin", "null")]
    public async Task Another_page_cannot_vote(string header, string value)
    {
        var http = TestApi.NewClient();
        http.DefaultRequestHeaders.Add(header, value);

        Assert.That((await SomeHelp.SendAsync(http, Vote, ("helpful", "yes"))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await SomeHelp.SendAsync(http, $"{help.Home}/contact", ("email", "a@example.com"), ("subject", "Hi"), ("message", "Hello there"))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StandingAsync(), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_vote_that_says_nothing_counts_nothing()
    {
        foreach (var said in new[] { "", "maybe", "YES" }) await SomeHelp.SendAsync(TestApi.NewClient(), Vote, ("helpful", said));
        await TestApi.NewClient().PostAsync(Vote, JsonContent.Create(new { helpful = "yes" }));

        Assert.That(await StandingAsync(), Is.EqualTo((0, 0)));
    }

    private async Task<(int, int)> StandingAsync()
    {
        var now = await help.Acme.GetAsync<Article>($"/v1/articles/{article.Id}");
        return (now.HelpfulCount, now.UnhelpfulCount);
    }
}
