using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Tests.Sessions;

public class SignInTests
{
    private readonly string address = CallerAddress.New();
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task Who_knows_the_password_gets_in_and_is_somebody()
    {
        var ada = await acme.UserAsync(Role.Manager);

        var session = await TestTenant.ReadAsync<JsonElement>(await SignInAsync(ada.Email));
        var me = await TestTenant.ClientOf(session.GetProperty("access_token").GetString()!).GetFromJsonAsync<JsonElement>("/v1/me");

        Assert.That(me.GetProperty("user").GetProperty("email").GetString(), Is.EqualTo(ada.Email));
        Assert.That(me.GetProperty("user").GetProperty("role").GetString(), Is.EqualTo("manager"));
        Assert.That(me.GetProperty("api_key").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(me.GetProperty("mode").GetString(), Is.EqualTo("live"));
        Assert.That(session.GetProperty("user_id").GetString(), Is.EqualTo(ada.Id));
    }

    [Test]
    public async Task Nobody_and_a_wrong_password_are_answered_alike_to_the_byte()
    {
        var ada = await acme.UserAsync(Role.Agent);

        var wrong = await TextOfAsync(await SignInAsync(ada.Email, "not the password"));
        var nobody = await TextOfAsync(await SignInAsync($"{Guid.NewGuid():N}@example.com", "not the password"));
        var nonsense = await TextOfAsync(await SignInAsync("no address at all", "not the password"));

        Assert.That(wrong, Does.StartWith("401 ").And.Contain("credentials_invalid"));
        Assert.That(nobody, Is.EqualTo(wrong));
        Assert.That(nonsense, Is.EqualTo(wrong));
    }

    [Test]
    public async Task An_old_hash_lets_in_and_is_made_anew()
    {
        var ada = await acme.UserAsync(Role.Agent);
        var old = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 100_000 })).HashPassword(new object(), TestUser.Password);
        await SetHashAsync(ada.Email, old);

        var first = await SignInAsync(ada.Email);
        var rehashed = (await FindAsync(ada.Email)).PasswordHash;
        var second = await SignInAsync(ada.Email);

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.Created)));
        Assert.That(rehashed, Is.Not.EqualTo(old));
        Assert.That(IterationsOf(rehashed), Is.EqualTo(220_000));
    }

    [Test]
    public async Task Who_belongs_to_several_tenants_says_which()
    {
        var (ada, globex) = (await acme.UserAsync(Role.Owner), await TestTenant.NewAsync());
        await globex.UserAsync(Role.Analyst, like: ada);

        var unsaid = await Problem.OfAsync(await SignInAsync(ada.Email));
        var named = unsaid.Document.GetProperty("tenants").EnumerateArray().Select(t => t.GetProperty("id").GetString()!).ToArray();
        var roles = new List<string?>();
        foreach (var id in named) roles.Add((await TestTenant.ReadAsync<JsonElement>(await SignInAsync(ada.Email, tenantId: id))).GetProperty("role").GetString());

        Assert.That(unsaid.Code, Is.EqualTo("tenant_choice_needed"));
        Assert.That(roles, Is.EquivalentTo(new[] { "owner", "analyst" }));
    }

    [Test]
    public async Task A_tenant_that_is_not_theirs_is_refused_like_one_that_does_not_exist()
    {
        var ada = await acme.UserAsync(Role.Owner);
        var foreign = (await (await TestTenant.NewAsync()).GetAsync<JsonElement>("/v1/tenant")).GetProperty("id").GetString()!;

        var strangers = await TextOfAsync(await SignInAsync(ada.Email, tenantId: foreign));
        var nobodys = await TextOfAsync(await SignInAsync(ada.Email, tenantId: "ten_0" + foreign[5..^1] + (foreign[^1] == '0' ? '1' : '0')));

        Assert.That(strangers, Does.StartWith("403 ").And.Contain("not_a_user"));
        Assert.That(nobodys, Is.EqualTo(strangers));
    }

    [Test]
    public async Task A_user_sees_their_own_tenant_alone()
    {
        var stranger = await TestTenant.NewAsync();
        var customer = (await stranger.CreateAsync<JsonElement>("/v1/customers", new { name = "Grace" })).GetProperty("id").GetString();

        var seen = await (await acme.UserAsync(Role.Owner)).Http.GetAsync($"/v1/customers/{customer}");

        Assert.That(seen.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_very_long_password_is_refused_without_being_hashed()
    {
        var response = await SignInAsync("ada@example.com", new string('x', 500_000));

        Assert.That((await Problem.OfAsync(response)).Pointers, Is.EqualTo(new[] { "/password" }));
    }

    [TestCase("""{"email":1,"password":"x"}""", 400)]
    [TestCase("""{"email":"ada@example.com"}""", 422)]
    [TestCase("""{"email":"ada@example.com","password":"x","tenant_id":"cus_1"}""", 400)]
    [TestCase("""{"email":"ada@example.com","password":"x","is_admin":true}""", 400)]
    [TestCase("", 400)]
    public async Task Nonsense_is_refused(string body, int status)
    {
        var response = await TestApi.NewClient(address).PostAsync("/v1/sessions", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    private Task<HttpResponseMessage> SignInAsync(string email, string password = TestUser.Password, string? tenantId = null) =>
        TestApi.NewClient(address).PostAsJsonAsync("/v1/sessions", tenantId is null ? (object)new { email, password } : new { email, password, tenant_id = tenantId });

    private static async Task<string> TextOfAsync(HttpResponseMessage response)
    {
        var problem = await Problem.OfAsync(response);
        return $"{(int)response.StatusCode} {problem.Code} {problem.Document.GetProperty("detail")} {string.Join(',', response.Headers.Select(h => h.Key).Order())}";
    }

    private static async Task<Person> FindAsync(string email)
    {
        await using var scope = TestApi.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<PeopleStore>().FindAsync(email, default))!;
    }

    private static async Task SetHashAsync(string email, string hash)
    {
        await using var scope = TestApi.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<PeopleStore>();
        var person = (await people.FindAsync(email, default))!;
        await scope.ServiceProvider.GetRequiredService<CustomerCrm.Platform.Data.TenantDb>().InTransactionAsync(() => people.RehashAsync(person, hash, default), default);
    }

    private static uint IterationsOf(string hash) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5));
}
