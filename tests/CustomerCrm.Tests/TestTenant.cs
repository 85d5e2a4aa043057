using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests;

/// <summary>A tenant of a test's own, made at first use, and a client that holds its key.</summary>
internal sealed class TestTenant
{
    private static int last = 1_000_000;
    private readonly string key = ApiKeyText.Make(ApiKeyKind.Live);
    private readonly Lazy<HttpClient> http;

    private TestTenant() => http = new Lazy<HttpClient>(() =>
    {
        var client = TestApi.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    });

    public int Id { get; } = Interlocked.Increment(ref last);
    public HttpClient Http => http.Value;

    public static async Task<TestTenant> NewAsync(string timeZone = "UTC", string currency = "EUR")
    {
        var tenant = new TestTenant();
        var row = new
        {
            TenantId = tenant.Id,
            AccountId = Guid.NewGuid().ToByteArray(),
            KeyId = Guid.CreateVersion7().ToByteArray(bigEndian: true),
            Hash = SHA256.HashData(Encoding.ASCII.GetBytes(tenant.key)),
            TimeZone = timeZone,
            Currency = currency,
            Now = TestApi.Clock.GetUtcNow(),
        };
        await TestApi.Services.GetRequiredService<SystemDb>().InTransactionAsync(async db =>
        {
            await db.ExecuteAsync(InsertTenant, row, default);
            await db.ExecuteAsync(InsertHead, row, default);
            await db.ExecuteAsync(InsertKey, row, default);
        }, default);
        return tenant;
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

    private static readonly SystemSql InsertTenant = SystemSql.Of("""
        INSERT INTO Tenants (TenantId, AccountId, IsTest, Name, TimeZone, Currency, Locale, WeekStart, DiscountRate, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @AccountId, 0, 'Acme', @TimeZone, @Currency, 'en', 1, 0.01, 1, @Now, @Now)
        """);

    private static readonly SystemSql InsertHead = SystemSql.Of("INSERT INTO EventHeads (TenantId, LastSeq) VALUES (@TenantId, 0)");

    private static readonly SystemSql InsertKey = SystemSql.Of("""
        INSERT INTO ApiKeys (TenantId, Id, Name, Hash, Hint, Scopes, CreatedAt, Revision)
        VALUES (@TenantId, @KeyId, 'Test', @Hash, 'crm_live_…', '*', @Now, 1)
        """);
}
