using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Tests.Agents;

public class AgentTests
{
    [Test]
    public async Task Whoever_is_new_is_offline_and_skills_are_compared_in_lower_case()
    {
        var tenant = await TestTenant.NewAsync();
        var user = await tenant.UserAsync(Role.Agent);

        var agent = await PutAsync(tenant.Http, user.Id, new { capacity = 4, skills = new[] { " German", "german", "Refunds" }, channels = new[] { new { channel = "chat", capacity = 2 } } });

        Assert.That((agent.GetProperty("presence").GetString(), agent.GetProperty("capacity").GetInt32(), agent.GetProperty("open_tickets").GetInt32()), Is.EqualTo(("offline", 4, 0)));
        Assert.That(agent.GetProperty("skills").EnumerateArray().Select(s => s.GetString()), Is.EqualTo(new[] { "german", "refunds" }));
        Assert.That((await tenant.Http.PutAsJsonAsync($"/v1/agents/{user.Id}", new { capacity = -1 })).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await tenant.Http.PutAsJsonAsync($"/v1/agents/{user.Id}", new { channels = new[] { new { channel = "chat", capacity = 1 }, new { channel = "chat", capacity = 2 } } })).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [Test]
    public async Task Agents_say_of_themselves_whether_they_are_there_and_managers_of_everybody()
    {
        var tenant = await TestTenant.NewAsync();
        var (ada, grace, manager) = (await tenant.UserAsync(Role.Agent), await tenant.UserAsync(Role.Agent), await tenant.UserAsync(Role.Manager));
        await PutAsync(tenant.Http, ada.Id, new { capacity = 1 });

        var (own, other, theirs) = (await PresentAsync(ada.Http, ada.Id, "online"), await PresentAsync(grace.Http, ada.Id, "away"), await PresentAsync(manager.Http, ada.Id, "away"));

        Assert.That(new[] { own, other, theirs }, Is.EqualTo(new[] { HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.OK }));
        Assert.That((await tenant.GetAsync<JsonElement>($"/v1/agents/{ada.Id}")).GetProperty("presence").GetString(), Is.EqualTo("away"));
        Assert.That((await grace.Http.PutAsJsonAsync($"/v1/agents/{grace.Id}", new { capacity = 100 })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), "how much they take is not theirs to say");
    }

    [Test]
    public async Task A_user_who_takes_no_tickets_is_no_agent()
    {
        var tenant = await TestTenant.NewAsync();
        var user = await tenant.UserAsync(Role.Agent);
        Assert.That((await tenant.Http.GetAsync($"/v1/agents/{user.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await PutAsync(tenant.Http, user.Id, new { capacity = 1 });

        (await tenant.Http.DeleteAsync($"/v1/agents/{user.Id}")).EnsureSuccessStatusCode();

        Assert.That((await tenant.Http.GetAsync($"/v1/agents/{user.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await tenant.Http.GetAsync($"/v1/users/{user.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static async Task<JsonElement> PutAsync(HttpClient http, string user, object body) => await TestTenant.ReadAsync<JsonElement>(await http.PutAsJsonAsync($"/v1/agents/{user}", body));

    private static async Task<HttpStatusCode> PresentAsync(HttpClient http, string user, string presence) => (await http.PutAsJsonAsync($"/v1/agents/{user}/presence", new { presence })).StatusCode;
}
