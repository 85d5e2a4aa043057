using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests;

/// <summary>A tenant of a test's own, made at first use, and a client that holds its key.</summary>
internal sealed class TestTenant
{
    private readonly Lazy<HttpClient> http, testHttp;

    private TestTenant(NewAccount account)
    {
        Account = account;
        http = new Lazy<HttpClient>(() => ClientOf(account.Live.Key));
        testHttp = new Lazy<HttpClient>(() => ClientOf(account.Test.Key));
    }

    public NewAccount Account { get; }
    public int Id => Account.Live.TenantId;

    /// <summary>With a key of the live data that may do everything.</summary>
    public HttpClient Http => http.Value;

    /// <summary>With a key of the test data that may do everything.</summary>
    public HttpClient TestHttp => testHttp.Value;

    public static async Task<TestTenant> NewAsync(string timeZone = "UTC", string currency = "EUR")
    {
        await using var scope = TestApi.Services.CreateAsyncScope();
        var profile = new TenantProfile
        {
            Name = "Acme",
            TimeZone = timeZone,
            Currency = currency,
            Locale = "en",
            WeekStart = DayOfWeek.Monday,
            DiscountRate = 0.01,
        };
        return new TestTenant(await scope.ServiceProvider.GetRequiredService<TenantRegistry>().CreateAsync(profile, default));
    }

    public static HttpClient ClientOf(string key)
    {
        var client = TestApi.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>POSTs and expects success.</summary>
    public async Task<T> CreateAsync<T>(string path, object body)
    {
        var response = await Http.PostAsJsonAsync(path, body, StrictJson.Options);
        return await ReadAsync<T>(response);
    }

    /// <summary>GETs and expects success.</summary>
    public async Task<T> GetAsync<T>(string path) => await ReadAsync<T>(await Http.GetAsync(path));

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, Is.True, $"{(int)response.StatusCode} {text}");
        return JsonSerializer.Deserialize<T>(text, StrictJson.Options)!;
    }

    /// <summary>Sets up or looks at what has no endpoint, in a scope with this tenant set.</summary>
    public async Task WithScopeAsync(Func<IServiceProvider, Task> work)
    {
        await using var scope = TestApi.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(Id);
        await work(scope.ServiceProvider);
    }

    public Task WithDbAsync(Func<TenantDb, Task> work) => WithScopeAsync(services => work(services.GetRequiredService<TenantDb>()));

    /// <summary>A person of the live data who is signed in, made without the slow ways of passwords and letters.</summary>
    /// <param name="role">What they are.</param>
    /// <param name="like">The same person as this one, of another tenant.</param>
    public async Task<TestUser> UserAsync(Role role, TestUser? like = null)
    {
        await using var scope = TestApi.Services.CreateAsyncScope();
        var (people, db) = (scope.ServiceProvider.GetRequiredService<PeopleStore>(), scope.ServiceProvider.GetRequiredService<TenantDb>());
        var email = like?.Email ?? $"{Guid.NewGuid():N}@example.com";
        TestUser? made = null;
        await db.InTransactionAsync(async () =>
        {
            var person = await people.FindAsync(email, default) ?? await people.AddAsync(email, email, "Ada Lovelace", await TestUser.PasswordHashAsync(), default);
            var userId = await people.JoinAsync(person, Id, role, default);
            var membership = new Membership
            {
                TenantId = Id,
                UserId = userId.ToByteArray(bigEndian: true),
                PersonId = person.PersonId,
                Role = role,
                AccountId = Account.AccountId.ToByteArray(bigEndian: true),
                TenantName = "Acme",
                IsTest = false,
            };
            made = new TestUser(email, userId, await scope.ServiceProvider.GetRequiredService<SessionTokens>().OpenAsync(membership, new byte[32], null, default));
        }, default);
        return made!;
    }
}
