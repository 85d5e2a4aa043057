using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Tests.Teams;

public class TeamTests
{
    private TestTenant acme = null!;
    private string team = null!;

    [SetUp]
    public async Task NewTeamAsync()
    {
        acme = await TestTenant.NewAsync();
        team = (await acme.CreateAsync<JsonElement>("/v1/teams", new { name = "Support" })).GetProperty("id").GetString()!;
    }

    [Test]
    public async Task Users_come_and_go_and_a_repeat_does_no_harm()
    {
        var ada = await acme.UserAsync(Role.Agent);

        for (var i = 0; i < 2; i++) Assert.That((await acme.Http.PutAsync($"/v1/teams/{team}/members/{ada.Id}", null)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        var within = await MembersAsync();
        await acme.Http.DeleteAsync($"/v1/teams/{team}/members/{ada.Id}");

        Assert.That(within, Is.EqualTo(new[] { ada.Id }));
        Assert.That(await MembersAsync(), Is.Empty);
        Assert.That((await acme.Http.DeleteAsync($"/v1/teams/{team}/members/{ada.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Who_leaves_the_tenant_leaves_its_teams()
    {
        var ada = await acme.UserAsync(Role.Agent);
        await acme.Http.PutAsync($"/v1/teams/{team}/members/{ada.Id}", null);

        await acme.Http.DeleteAsync($"/v1/users/{ada.Id}");

        Assert.That(await MembersAsync(), Is.Empty);
    }

    [Test]
    public async Task Another_tenants_user_is_nobody()
    {
        var stranger = await (await TestTenant.NewAsync()).UserAsync(Role.Agent);

        Assert.That((await acme.Http.PutAsync($"/v1/teams/{team}/members/{stranger.Id}", null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task No_two_teams_have_the_same_name()
    {
        var other = (await acme.CreateAsync<JsonElement>("/v1/teams", new { name = "Sales" })).GetProperty("id").GetString();

        var created = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/teams", new { name = "SUPPORT" }));
        var renamed = await Problem.OfAsync(await acme.Http.PatchAsJsonAsync($"/v1/teams/{other}", new { name = "support " }));

        Assert.That((created.Code, renamed.Code), Is.EqualTo(("team_exists", "team_exists")));
    }

    private async Task<string[]> MembersAsync() =>
        [.. (await acme.GetAsync<JsonElement>($"/v1/teams/{team}/members")).GetProperty("data").EnumerateArray().Select(m => m.GetProperty("user_id").GetString()!)];
}
