using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Tests.Sessions;

public class SessionTests
{
    private TestTenant acme = null!;
    private TestUser ada = null!;

    [SetUp]
    public async Task SignInAsync() => ada = await (acme = await TestTenant.NewAsync()).UserAsync(Role.Agent);

    [Test]
    public async Task A_refresh_token_brings_the_next_two_tokens()
    {
        var next = await TestTenant.ReadAsync<JsonElement>(await RefreshAsync(ada.Tokens.Refresh));
        var again = await TestTenant.ReadAsync<JsonElement>(await RefreshAsync(next.GetProperty("refresh_token").GetString()!));

        var me = await TestTenant.ClientOf(again.GetProperty("access_token").GetString()!).GetAsync("/v1/me");

        Assert.That(me.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(again.GetProperty("session_id").GetString(), Is.EqualTo(ada.SessionId));
    }

    [Test]
    public async Task A_refresh_token_that_comes_twice_ends_the_session_with_all_its_tokens()
    {
        var thiefs = await TestTenant.ReadAsync<JsonElement>(await RefreshAsync(ada.Tokens.Refresh));
        var thief = TestTenant.ClientOf(thiefs.GetProperty("access_token").GetString()!);
        Assert.That((await thief.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var victims = await Problem.OfAsync(await RefreshAsync(ada.Tokens.Refresh));

        Assert.That((victims.Status, victims.Code), Is.EqualTo((HttpStatusCode.Unauthorized, "session_ended")));
        Assert.That((await thief.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await RefreshAsync(thiefs.GetProperty("refresh_token").GetString()!)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Of_many_who_refresh_at_once_at_most_one_gets_in_and_the_session_ends()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => RefreshAsync(ada.Tokens.Refresh)));

        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That((await ada.Http.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Neither_a_refresh_token_nor_an_access_token_does_the_others_work()
    {
        Assert.That((await TestTenant.ClientOf(ada.Tokens.Refresh).GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await RefreshAsync(ada.Tokens.Access)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Signed_out_is_out_at_once()
    {
        Assert.That((await ada.Http.DeleteAsync("/v1/sessions/current")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));

        Assert.That((await ada.Http.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await RefreshAsync(ada.Tokens.Refresh)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task One_sees_and_ends_ones_own_sessions_and_nobody_elses()
    {
        var grace = await acme.UserAsync(Role.Owner);

        var mine = await ada.Http.GetFromJsonAsync<JsonElement>("/v1/sessions");
        var shown = await ada.Http.GetFromJsonAsync<JsonElement>($"/v1/sessions/{ada.SessionId}");

        Assert.That(mine.GetProperty("data").EnumerateArray().Select(s => s.GetProperty("id").GetString()), Is.EqualTo(new[] { ada.SessionId }));
        Assert.That(shown.GetProperty("is_current").GetBoolean(), Is.True);
        Assert.That((await ada.Http.DeleteAsync($"/v1/sessions/{grace.SessionId}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await grace.Http.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_key_of_a_program_has_no_sessions() =>
        Assert.That((await Problem.OfAsync(await acme.Http.GetAsync("/v1/sessions"))).Code, Is.EqualTo("user_only"));

    private static Task<HttpResponseMessage> RefreshAsync(string token) => TestApi.NewClient().PostAsJsonAsync("/v1/sessions/refresh", new { refresh_token = token });
}
