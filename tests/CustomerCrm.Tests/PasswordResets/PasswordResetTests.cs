using System.Net;
using System.Net.Http.Json;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Tests.PasswordResets;

public class PasswordResetTests
{
    private const string NewPassword = "four deaf herons in Graz";
    private TestTenant acme = null!;
    private TestUser ada = null!;

    [SetUp]
    public async Task SignInAsync() => ada = await (acme = await TestTenant.NewAsync()).UserAsync(Role.Agent);

    [Test]
    public async Task A_new_password_ends_every_session_in_every_tenant()
    {
        var elsewhere = await (await TestTenant.NewAsync()).UserAsync(Role.Owner, like: ada);
        await AskAsync(ada.Email);

        var reset = await ResetAsync(await Mailbox.TokenAsync(ada.Email));

        Assert.That(reset.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await ada.Http.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await elsewhere.Http.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await TestApi.NewClient().PostAsJsonAsync("/v1/sessions/refresh", new { refresh_token = ada.Tokens.Refresh })).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await SignInAsync(TestUser.Password)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await SignInAsync(NewPassword)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict), "right, and two tenants to choose from");
        Assert.That((await Mailbox.OfAsync(ada.Email))[0], Does.Contain("was changed"));
    }

    [Test]
    public async Task Letters_of_another_kind_keep_nobody_from_a_new_password()
    {
        for (var i = 0; i < 4; i++) await TestApi.NewClient().PostAsJsonAsync("/v1/signups", new { email = ada.Email, tenant_name = "Mine" });

        var asked = await TestApi.NewClient().PostAsJsonAsync("/v1/password_resets", new { email = ada.Email });

        Assert.That(asked.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    public async Task Of_two_who_reset_at_once_one_does()
    {
        await AskAsync(ada.Email);
        var token = await Mailbox.TokenAsync(ada.Email);

        var answers = await Task.WhenAll(ResetAsync(token), ResetAsync(token));

        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.NoContent), Is.EqualTo(1));
        Assert.That((await Problem.OfAsync(await ResetAsync(token))).Pointers, Is.EqualTo(new[] { "/token" }));
    }

    [Test]
    public async Task Nobody_gets_the_same_answer_and_no_letter()
    {
        var nobody = $"{Guid.NewGuid():N}@example.com";

        var (known, unknown) = (await AskAsync(ada.Email), await AskAsync(nobody));

        Assert.That((unknown.StatusCode, await unknown.Content.ReadAsStringAsync()), Is.EqualTo((known.StatusCode, await known.Content.ReadAsStringAsync())));
        Assert.That(await Mailbox.OfAsync(nobody), Is.Empty);
        Assert.That(await Mailbox.OfAsync(ada.Email), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_few_letters_and_then_none_for_an_hour()
    {
        for (var i = 0; i < 3; i++) await AskAsync(ada.Email);

        var refused = await AskAsync(ada.Email);

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.FromMinutes(10)));
    }

    [Test]
    public async Task Changing_it_takes_the_one_of_now_and_ends_every_session()
    {
        var guessed = await ada.Http.PostAsJsonAsync("/v1/me/password", new { current_password = "a guess", new_password = NewPassword });
        var changed = await ada.Http.PostAsJsonAsync("/v1/me/password", new { current_password = TestUser.Password, new_password = NewPassword });

        Assert.That((await Problem.OfAsync(guessed)).Code, Is.EqualTo("credentials_invalid"));
        Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await ada.Http.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await SignInAsync(NewPassword)).StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task Neither_passwords_nor_tokens_are_in_the_database_or_the_feed()
    {
        await AskAsync(ada.Email);
        await ResetAsync(await Mailbox.TokenAsync(ada.Email));

        var bytes = System.Text.Encoding.Latin1.GetString(await ReadDatabaseAsync());

        Assert.That(bytes.Contains(NewPassword, StringComparison.Ordinal), Is.False);
        Assert.That(bytes.Contains(ada.Tokens.Refresh, StringComparison.Ordinal), Is.False);
        Assert.That(bytes.Contains(ada.Tokens.Access, StringComparison.Ordinal), Is.False);
        Assert.That(bytes.Contains("crm_reset_", StringComparison.Ordinal), Is.False);
        Assert.That(await acme.Http.GetStringAsync("/v1/events"), Does.Not.Contain("crm_"));
    }

    private static async Task<byte[]> ReadDatabaseAsync()
    {
        using var memory = new MemoryStream();
        foreach (var name in TestApi.IsSqlServer ? [] : new[] { TestApi.DatabaseFile, TestApi.DatabaseFile + "-wal" })
        {
            await using var file = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await file.CopyToAsync(memory);
        }
        return memory.ToArray();
    }

    private static Task<HttpResponseMessage> AskAsync(string email) => TestApi.NewClient().PostAsJsonAsync("/v1/password_resets", new { email });

    private static Task<HttpResponseMessage> ResetAsync(string token) => TestApi.NewClient().PostAsJsonAsync("/v1/password_resets/confirmation", new { token, password = NewPassword });

    private Task<HttpResponseMessage> SignInAsync(string password) => TestApi.NewClient().PostAsJsonAsync("/v1/sessions", new { email = ada.Email, password });
}
