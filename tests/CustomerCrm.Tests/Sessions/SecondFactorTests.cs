using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Tests.Sessions;

public class SecondFactorTests
{
    private readonly string address = CallerAddress.New();
    private TestUser ada = null!;

    [SetUp]
    public async Task SignInAsync() => ada = await (await TestTenant.NewAsync()).UserAsync(Role.Agent);

    [Test]
    public async Task A_password_is_no_longer_enough_and_no_code_is_taken_twice()
    {
        var (secret, recovery) = await SwitchOnAsync();
        var (used, next) = (Code(secret, 0), Code(secret, 1));

        Assert.That(await CodeOfAsync(null), Is.EqualTo("second_factor_required"));
        Assert.That(await CodeOfAsync("000000"), Is.EqualTo("second_factor_invalid"));
        Assert.That(await CodeOfAsync(used), Is.EqualTo("second_factor_invalid"), "the code that switched it on");
        Assert.That((await SignInAsync(next)).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await CodeOfAsync(next), Is.EqualTo("second_factor_invalid"), "the code that signed in");
        Assert.That((await SignInAsync(recovery[0].ToUpperInvariant().Replace("-", "", StringComparison.Ordinal))).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await CodeOfAsync(recovery[0]), Is.EqualTo("second_factor_invalid"), "the recovery code that signed in");
    }

    [Test]
    public async Task Of_many_at_once_with_the_same_code_one_gets_in()
    {
        var (secret, _) = await SwitchOnAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SignInAsync(Code(secret, 1))));

        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
    }

    [Test]
    public async Task A_secret_that_was_not_confirmed_changes_nothing()
    {
        await StartAsync();

        Assert.That((await SignInAsync(null)).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await Problem.OfAsync(await PostAsync("/v1/me/totp/confirmation", new { code = "000000" }))).Code, Is.EqualTo("second_factor_invalid"));
    }

    [Test]
    public async Task Another_one_takes_its_place_only_with_a_code_of_the_one_before()
    {
        var (_, recovery) = await SwitchOnAsync();

        var withoutCode = await PostAsync("/v1/me/totp", new { password = TestUser.Password });
        var withWrong = await PostAsync("/v1/me/totp", new { password = TestUser.Password, code = "000000" });
        var withRight = await PostAsync("/v1/me/totp", new { password = TestUser.Password, code = recovery[0] });

        Assert.That((await Problem.OfAsync(withoutCode)).Code, Is.EqualTo("second_factor_invalid"));
        Assert.That((await Problem.OfAsync(withWrong)).Code, Is.EqualTo("second_factor_invalid"));
        Assert.That(withRight.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task It_is_removed_with_both_factors_and_with_no_less()
    {
        var (_, recovery) = await SwitchOnAsync();

        var withoutPassword = await PostAsync("/v1/me/totp/removal", new { password = "a guess", code = recovery[0] });
        var withoutCode = await PostAsync("/v1/me/totp/removal", new { password = TestUser.Password, code = "000000" });
        var withBoth = await PostAsync("/v1/me/totp/removal", new { password = TestUser.Password, code = recovery[0] });

        Assert.That((await Problem.OfAsync(withoutPassword)).Code, Is.EqualTo("credentials_invalid"));
        Assert.That((await Problem.OfAsync(withoutCode)).Code, Is.EqualTo("second_factor_invalid"));
        Assert.That(withBoth.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await SignInAsync(null)).StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task New_recovery_codes_end_the_old_ones()
    {
        var (_, old) = await SwitchOnAsync();

        var renewed = CodesOf(await TestTenant.ReadAsync<JsonElement>(await PostAsync("/v1/me/recovery_codes", new { password = TestUser.Password, code = old[0] })));

        Assert.That(renewed, Has.Length.EqualTo(10).And.Unique);
        Assert.That(await CodeOfAsync(old[1]), Is.EqualTo("second_factor_invalid"));
        Assert.That((await SignInAsync(renewed[0])).StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    private async Task<string> StartAsync() =>
        (await TestTenant.ReadAsync<JsonElement>(await PostAsync("/v1/me/totp", new { password = TestUser.Password }))).GetProperty("secret").GetString()!;

    private async Task<(byte[] Secret, string[] Recovery)> SwitchOnAsync()
    {
        var secret = BytesOf(await StartAsync());
        var confirmed = await TestTenant.ReadAsync<JsonElement>(await PostAsync("/v1/me/totp/confirmation", new { code = Code(secret, 0) }));
        return (secret, CodesOf(confirmed));
    }

    private static string Code(byte[] secret, int stepsFromNow) => Totp.CodeOf(secret, Totp.StepAt(TestApi.Clock.GetUtcNow()) + stepsFromNow);

    private static string[] CodesOf(JsonElement answer) => [.. answer.GetProperty("recovery_codes").EnumerateArray().Select(c => c.GetString()!)];

    // What an authenticator app does with the text that is typed in.
    private static byte[] BytesOf(string base32)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    private Task<HttpResponseMessage> PostAsync(string path, object body) => ada.Http.PostAsJsonAsync(path, body);

    private Task<HttpResponseMessage> SignInAsync(string? code) =>
        TestApi.NewClient(address).PostAsJsonAsync("/v1/sessions", new { email = ada.Email, password = TestUser.Password, code });

    private async Task<string> CodeOfAsync(string? code) => (await Problem.OfAsync(await SignInAsync(code))).Code;
}
