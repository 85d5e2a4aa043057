using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Tests.Invitations;

public class InvitationTests
{
    private const string Password = "three blind camels in Linz";
    private readonly string email = $"{Guid.NewGuid():N}@example.com";
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task Who_is_invited_looks_accepts_and_signs_in()
    {
        await InviteAsync("manager");
        var token = await Mailbox.TokenAsync(email);

        var mine = await TestTenant.ClientOf(token).GetFromJsonAsync<JsonElement>("/v1/invitations/mine");
        var accepted = await TestTenant.ReadAsync<JsonElement>(await AcceptAsync(token));
        var session = await TestTenant.ReadAsync<JsonElement>(await TestApi.NewClient().PostAsJsonAsync("/v1/sessions", new { email, password = Password }));
        var users = await acme.GetAsync<JsonElement>("/v1/users?filter[role][eq]=manager");

        Assert.That((mine.GetProperty("tenant_name").GetString(), mine.GetProperty("is_known").GetBoolean()), Is.EqualTo(("Acme", false)));
        Assert.That(accepted.GetProperty("role").GetString(), Is.EqualTo("manager"));
        Assert.That(session.GetProperty("role").GetString(), Is.EqualTo("manager"));
        Assert.That(users.GetProperty("data")[0].GetProperty("id").GetString(), Is.EqualTo(accepted.GetProperty("id").GetString()));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/invitations")).GetProperty("data").GetArrayLength(), Is.Zero);
        Assert.That((await TestTenant.ClientOf(token).GetAsync("/v1/invitations/mine")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), "the token is spent");
    }

    [Test]
    public async Task A_person_of_another_tenant_accepts_with_the_password_they_have()
    {
        var ada = await (await TestTenant.NewAsync()).UserAsync(Role.Owner);
        await acme.CreateAsync<JsonElement>("/v1/invitations", new { email = ada.Email, role = "agent" });
        var token = await Mailbox.TokenAsync(ada.Email);

        var guessed = await Problem.OfAsync(await AcceptAsync(token, "not her password"));
        var accepted = await AcceptAsync(token, TestUser.Password);

        Assert.That(guessed.Code, Is.EqualTo("credentials_invalid"));
        Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task The_token_opens_the_invitation_and_nothing_else()
    {
        await InviteAsync("owner");
        var http = TestTenant.ClientOf(await Mailbox.TokenAsync(email));

        Assert.That((await http.GetAsync("/v1/customers")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await http.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await http.GetAsync("/v1/sessions")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Withdrawn_its_token_is_refused_at_once()
    {
        var id = await InviteAsync("agent");
        var token = await Mailbox.TokenAsync(email);
        Assert.That((await TestTenant.ClientOf(token).GetAsync("/v1/invitations/mine")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await acme.Http.DeleteAsync($"/v1/invitations/{id}");

        Assert.That((await AcceptAsync(token)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Of_many_who_accept_at_once_one_becomes_a_user()
    {
        await InviteAsync("agent");
        var token = await Mailbox.TokenAsync(email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AcceptAsync(token)));

        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
    }

    [Test]
    public async Task Nobody_invites_to_more_than_they_may_do()
    {
        var manager = await acme.UserAsync(Role.Manager);

        var owner = await manager.Http.PostAsJsonAsync("/v1/invitations", new { email, role = "owner" });
        var peer = await manager.Http.PostAsJsonAsync("/v1/invitations", new { email, role = "manager" });

        Assert.That((await Problem.OfAsync(owner)).Code, Is.EqualTo("role_not_held"));
        Assert.That(peer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task Who_is_known_or_invited_already_is_not_invited_twice()
    {
        var user = await acme.UserAsync(Role.Agent);
        await InviteAsync("agent");

        var known = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/invitations", new { email = user.Email.ToUpperInvariant(), role = "agent" }));
        var invited = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/invitations", new { email, role = "analyst" }));
        var tooSoon = await acme.Http.PostAsync($"/v1/invitations/{invited.Document.GetProperty("invitation_id").GetString()}/letter", null);

        Assert.That((known.Code, known.Document.GetProperty("user_id").GetString()), Is.EqualTo(("user_exists", user.Id)));
        Assert.That(invited.Code, Is.EqualTo("invitation_exists"));
        Assert.That(tooSoon.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    private async Task<string> InviteAsync(string role) => (await acme.CreateAsync<JsonElement>("/v1/invitations", new { email, role })).GetProperty("id").GetString()!;

    private static Task<HttpResponseMessage> AcceptAsync(string token, string password = Password) =>
        TestTenant.ClientOf(token).PostAsJsonAsync("/v1/invitations/mine/acceptance", new { name = "Ada Lovelace", password });
}
