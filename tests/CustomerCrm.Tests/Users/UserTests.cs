using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Tests.Users;

public class UserTests
{
    private TestTenant acme = null!;
    private TestUser owner = null!;

    [SetUp]
    public async Task NewTenantAsync() => owner = await (acme = await TestTenant.NewAsync()).UserAsync(Role.Owner);

    [Test]
    public async Task A_new_role_is_in_force_from_the_answer_on()
    {
        var ada = await acme.UserAsync(Role.Analyst);
        var before = await ada.Http.PostAsJsonAsync("/v1/customers", new { name = "Grace" });

        await owner.Http.PatchAsJsonAsync($"/v1/users/{ada.Id}", new { role = "agent" });
        var after = await ada.Http.PostAsJsonAsync("/v1/customers", new { name = "Grace" });

        Assert.That((before.StatusCode, after.StatusCode), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.Created)));
    }

    [Test]
    public async Task The_last_owner_stays_one()
    {
        var demoted = await Problem.OfAsync(await owner.Http.PatchAsJsonAsync($"/v1/users/{owner.Id}", new { role = "agent" }));
        var removed = await Problem.OfAsync(await owner.Http.DeleteAsync($"/v1/users/{owner.Id}"));
        var left = await Problem.OfAsync(await owner.Http.PostAsync("/v1/me/departure", null));
        var second = await acme.UserAsync(Role.Owner);
        var gone = await owner.Http.PostAsync("/v1/me/departure", null);

        Assert.That(new[] { demoted.Code, removed.Code, left.Code }, Is.All.EqualTo("last_owner"));
        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await owner.Http.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await second.Http.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Of_two_last_owners_who_leave_at_once_one_stays()
    {
        var second = await acme.UserAsync(Role.Owner);

        var answers = await Task.WhenAll(new[] { owner, second }.Select(o => o.Http.PostAsync("/v1/me/departure", null)));

        Assert.That(answers.Select(a => a.StatusCode), Is.EquivalentTo(new[] { HttpStatusCode.NoContent, HttpStatusCode.Conflict }));
    }

    [Test]
    public async Task Who_is_removed_is_out_at_once()
    {
        var ada = await acme.UserAsync(Role.Agent);
        Assert.That((await ada.Http.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await owner.Http.DeleteAsync($"/v1/users/{ada.Id}");

        Assert.That((await ada.Http.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await TestApi.NewClient().PostAsJsonAsync("/v1/sessions/refresh", new { refresh_token = ada.Tokens.Refresh })).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_manager_neither_makes_nor_unmakes_owners()
    {
        var (manager, agent) = (await acme.UserAsync(Role.Manager), await acme.UserAsync(Role.Agent));

        var raised = await Problem.OfAsync(await manager.Http.PatchAsJsonAsync($"/v1/users/{agent.Id}", new { role = "owner" }));
        var toppled = await Problem.OfAsync(await manager.Http.DeleteAsync($"/v1/users/{owner.Id}"));
        var helped = await manager.Http.PatchAsJsonAsync($"/v1/users/{agent.Id}", new { role = "manager" });

        Assert.That((raised.Code, toppled.Code), Is.EqualTo(("role_not_held", "role_not_held")));
        Assert.That(helped.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_key_that_may_change_users_makes_none_that_may_do_more_than_it()
    {
        var created = await acme.CreateAsync<JsonElement>("/v1/api_keys", new { name = "Directory", scopes = new[] { "users:write" } });
        var agent = await acme.UserAsync(Role.Agent);

        var problem = await Problem.OfAsync(await TestTenant.ClientOf(created.GetProperty("key").GetString()!).PatchAsJsonAsync($"/v1/users/{agent.Id}", new { role = "owner" }));

        Assert.That(problem.Code, Is.EqualTo("role_not_held"));
    }

    [Test]
    public async Task A_new_name_is_seen_in_every_tenant()
    {
        var elsewhere = await (await TestTenant.NewAsync()).UserAsync(Role.Agent, like: owner);

        var me = await TestTenant.ReadAsync<JsonElement>(await owner.Http.PatchAsJsonAsync("/v1/me", new { name = "Ada King" }));

        Assert.That(me.GetProperty("user").GetProperty("name").GetString(), Is.EqualTo("Ada King"));
        Assert.That((await elsewhere.Http.GetFromJsonAsync<JsonElement>($"/v1/users/{elsewhere.Id}")).GetProperty("name").GetString(), Is.EqualTo("Ada King"));
    }

    [Test]
    public async Task Events_tell_of_it_without_anything_secret()
    {
        var ada = await acme.UserAsync(Role.Agent);
        await owner.Http.PatchAsJsonAsync($"/v1/users/{ada.Id}", new { role = "analyst" });

        var events = await acme.Http.GetStringAsync("/v1/events?filter[type][eq]=user.updated");

        Assert.That(events, Does.Contain(ada.Id).And.Not.Contain("password").And.Not.Contain("person"));
    }
}
