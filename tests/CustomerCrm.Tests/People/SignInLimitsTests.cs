using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.People;

public class SignInLimitsTests
{
    private readonly ManualClock clock = new();
    private SignInLimits limits = null!;

    [SetUp]
    public void Start() => limits = new SignInLimits(TestApi.Services.GetRequiredService<Databases>(), TestApi.Services.GetRequiredService<SecretBox>(), clock);

    [Test]
    public async Task Ten_wrong_ones_for_a_person_and_then_even_the_right_one_waits()
    {
        for (var i = 0; i < 10; i++) Assert.That(await TryAsync("ada@example.com", "192.0.2.1"), Is.Null);

        var wait = await TryAsync("ada@example.com", "192.0.2.1");
        var other = await TryAsync("grace@example.com", "192.0.2.1");
        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.That(wait, Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(other, Is.Null);
        Assert.That(await TryAsync("ada@example.com", "192.0.2.1"), Is.Null);
    }

    [Test]
    public async Task One_address_that_goes_through_a_thousand_people_is_slowed()
    {
        var refused = 0;

        for (var i = 0; i < 1000; i++) if (await TryAsync($"{i}@example.com", "192.0.2.1") is not null) refused++;

        Assert.That(refused, Is.EqualTo(970));
    }

    [Test]
    public async Task Many_addresses_that_try_one_person_are_refused_but_not_the_one_that_signed_in_before()
    {
        var ada = await (await TestTenant.NewAsync()).UserAsync(Role.Owner);
        await SignedInFromAsync(ada.Email, "192.0.2.1");
        for (var i = 0; i < 100; i++) await TryAsync(ada.Email, $"198.51.100.{i}");

        var stranger = await TryAsync(ada.Email, "203.0.113.1");
        var familiar = await TryAsync(ada.Email, "192.0.2.1");

        Assert.That(stranger, Is.Not.Null);
        Assert.That(familiar, Is.Null);
    }

    [Test]
    public async Task A_right_one_does_not_count()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.That(await TryAsync("ada@example.com", "192.0.2.1"), Is.Null);
            limits.PasswordWasRight("ada@example.com", "192.0.2.1");
        }
    }

    [Test]
    public async Task Six_digits_are_tried_more_seldom_than_passwords()
    {
        for (var i = 0; i < 10; i++) await limits.TrySecondFactorAsync("ada@example.com", $"192.0.2.{i}", default);
        clock.Advance(TimeSpan.FromMinutes(1));

        var refused = Assert.ThrowsAsync<ApiProblem>(() => limits.TrySecondFactorAsync("ada@example.com", "192.0.2.99", default))!;

        Assert.That(refused.RetryAfter, Is.EqualTo(TimeSpan.FromMinutes(4)));
    }

    [Test]
    public void Nobodys_mailbox_is_filled_through_us()
    {
        for (var i = 0; i < 3; i++) limits.TryLetter("ada@example.com", $"192.0.2.{i}", LetterKind.Signup);

        Assert.Throws<ApiProblem>(() => limits.TryLetter("ada@example.com", "192.0.2.99", LetterKind.Signup));
        Assert.DoesNotThrow(() => limits.TryLetter("grace@example.com", "192.0.2.99", LetterKind.Signup));
    }

    private async Task<TimeSpan?> TryAsync(string email, string address)
    {
        try
        {
            await limits.TryPasswordAsync(email, address, default);
            return null;
        }
        catch (ApiProblem problem) when (problem.Status == 429)
        {
            return problem.RetryAfter;
        }
    }

    private async Task SignedInFromAsync(string email, string address)
    {
        await using var scope = TestApi.Services.CreateAsyncScope();
        var (people, db) = (scope.ServiceProvider.GetRequiredService<PeopleStore>(), scope.ServiceProvider.GetRequiredService<TenantDb>());
        var user = (await people.MembershipsAsync((await people.FindAsync(email, default))!, default))[0];
        await db.InTransactionAsync(() => scope.ServiceProvider.GetRequiredService<SessionTokens>().OpenAsync(user, limits.FingerprintOf(address), null, default), default);
    }
}
