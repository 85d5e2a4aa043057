using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerCrm.Tests.Signups;

public class SignupTests
{
    private const string Password = "three blind camels in Linz";
    private readonly string email = $"{Guid.NewGuid():N}@example.com";

    [Test]
    public async Task Who_answers_the_letter_has_a_tenant_with_live_and_test_data()
    {
        await StartAsync(tenantName: "Globex");

        var confirmed = await TestTenant.ReadAsync<JsonElement>(await ConfirmAsync(await Mailbox.TokenAsync(email)));
        var live = await SignInAsync(mode: "live");
        var test = await SignInAsync(mode: "test");

        Assert.That(confirmed.GetProperty("tenant_name").GetString(), Is.EqualTo("Globex"));
        Assert.That((await live.GetFromJsonAsync<JsonElement>("/v1/me")).GetProperty("mode").GetString(), Is.EqualTo("live"));
        Assert.That((await test.GetFromJsonAsync<JsonElement>("/v1/tenant")).GetProperty("is_test").GetBoolean(), Is.True);
        Assert.That((await live.GetFromJsonAsync<JsonElement>("/v1/api_keys")).GetProperty("data").GetArrayLength(), Is.Zero, "nobody knows a key");
        Assert.That((await live.PostAsJsonAsync("/v1/api_keys", new { name = "Shop", scopes = new[] { "*" } })).StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [TestCase("Acme\nBcc: everyone@example.com")]
    [TestCase("You have won: https://evil.example/prize")]
    public async Task A_name_that_would_make_the_letter_somebody_elses_is_refused(string tenantName)
    {
        var refused = await Problem.OfAsync(await TestApi.NewClient().PostAsJsonAsync("/v1/signups", new { email, tenant_name = tenantName }));
        var tooLong = await Problem.OfAsync(await TestApi.NewClient().PostAsJsonAsync("/v1/signups", new { email, tenant_name = new string('a', 101) }));

        Assert.That(refused.Errors, Is.EqualTo(new[] { ("/tenant_name", "tenant_name_invalid") }));
        Assert.That(tooLong.Errors, Is.EqualTo(new[] { ("/tenant_name", "too_long") }));
    }

    [Test]
    public async Task A_token_works_once()
    {
        await StartAsync();
        var token = await Mailbox.TokenAsync(email);
        await ConfirmAsync(token);

        Assert.That((await Problem.OfAsync(await ConfirmAsync(token))).Pointers, Is.EqualTo(new[] { "/token" }));
    }

    [Test]
    public async Task Of_two_who_confirm_at_once_one_has_the_tenant()
    {
        await StartAsync();
        var token = await Mailbox.TokenAsync(email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ConfirmAsync(token)));

        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_is_known_here_gets_the_same_answer_and_confirms_with_the_password_they_have()
    {
        var ada = await (await TestTenant.NewAsync()).UserAsync(CustomerCrm.Platform.People.Role.Agent);
        var known = await TestApi.NewClient().PostAsJsonAsync("/v1/signups", new { email = ada.Email, tenant_name = "Second" });
        var unknown = await StartAsync();
        var token = await Mailbox.TokenAsync(ada.Email);

        var guessed = await Problem.OfAsync(await ConfirmAsync(token, "not her password"));
        var confirmed = await ConfirmAsync(token, TestUser.Password);

        Assert.That((known.StatusCode, await known.Content.ReadAsStringAsync()), Is.EqualTo((unknown.StatusCode, await unknown.Content.ReadAsStringAsync())));
        Assert.That(guessed.Code, Is.EqualTo("credentials_invalid"));
        Assert.That(confirmed.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [TestCase("short", "too_short")]
    [TestCase("Password123!", "password_common")]
    public async Task A_password_that_anyone_would_try_first_is_refused(string password, string code)
    {
        await StartAsync();

        var problem = await Problem.OfAsync(await ConfirmAsync(await Mailbox.TokenAsync(email), password));

        Assert.That(problem.Document.GetProperty("errors")[0].GetProperty("code").GetString(), Is.EqualTo(code));
    }

    [Test]
    public async Task A_long_password_of_any_characters_is_taken_to_the_last_byte()
    {
        var password = string.Concat(Enumerable.Repeat("ñ😀 ", 50));
        await StartAsync();
        await ConfirmAsync(await Mailbox.TokenAsync(email), password);

        Assert.That((await SignInResponseAsync(password)).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await SignInResponseAsync(password[..^1])).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task No_tenant_is_made_for_what_is_no_address() =>
        Assert.That((await Problem.OfAsync(await TestApi.NewClient().PostAsJsonAsync("/v1/signups", new { email = "ada", tenant_name = "X" }))).Pointers, Is.EqualTo(new[] { "/email" }));

    private async Task<HttpResponseMessage> StartAsync(string tenantName = "Acme")
    {
        var response = await TestApi.NewClient().PostAsJsonAsync("/v1/signups", new { email, tenant_name = tenantName });
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        return response;
    }

    private static Task<HttpResponseMessage> ConfirmAsync(string token, string password = Password) =>
        TestApi.NewClient().PostAsJsonAsync("/v1/signups/confirmation", new { token, name = "Ada Lovelace", password });

    private Task<HttpResponseMessage> SignInResponseAsync(string password, string? mode = null) =>
        TestApi.NewClient().PostAsJsonAsync("/v1/sessions", mode is null ? (object)new { email, password } : new { email, password, mode });

    private async Task<HttpClient> SignInAsync(string mode) =>
        TestTenant.ClientOf((await TestTenant.ReadAsync<JsonElement>(await SignInResponseAsync(Password, mode))).GetProperty("access_token").GetString()!);
}
