using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.ProviderCallbacks.Signatures;

namespace CustomerCrm.Tests.ProviderCallbacks;

/// <summary>A tenant with an account, and its provider calling back.</summary>
internal sealed class CallbackBench
{
    private const string AuthToken = "12345";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly HttpClient http = TestApi.NewClient();
    private JsonElement urls;

    public required TestTenant Tenant { get; init; }

    /// <summary>By which the stub of the provider knows it.</summary>
    public string Account { get; private init; } = "";

    public string ProviderId { get; private set; } = "";

    public static async Task<CallbackBench> TwilioAsync(bool answersKeywords = true) => await StartAsync(
        bench => new { kind = "twilio", from = "+15005550006", account_sid = bench.Account, auth_token = AuthToken, answers_keywords = answersKeywords });

    public static async Task<CallbackBench> SendGridAsync() => await StartAsync(
        bench => new { kind = "sendgrid", from = "shop@example.com", api_key = bench.Account, event_webhook_public_key = SignatureTests.PublicOf(bench.key) });

    public string UrlOf(string name) => urls.GetProperty(name).GetString()!;

    public Task<HttpResponseMessage> TwilioSaysAsync(string url, params (string Name, string Value)[] parameters) => SendFormAsync(UrlOf(url), parameters,
        TwilioSignature.Of(UrlOf(url), parameters.Select(p => KeyValuePair.Create(p.Name, p.Value)), AuthToken));

    public Task<HttpResponseMessage> SendFormAsync(string url, (string Name, string Value)[] parameters, string? signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url).PathAndQuery) { Content = new FormUrlEncodedContent(parameters.Select(p => KeyValuePair.Create(p.Name, p.Value))) };
        if (signature is not null) request.Headers.Add(TwilioSignature.Header, signature);
        return http.SendAsync(request);
    }

    public Task<HttpResponseMessage> SendGridSaysAsync(string body, bool isSigned = true)
    {
        var (bytes, at) = (Encoding.UTF8.GetBytes(body), $"{TestApi.Clock.GetUtcNow().ToUnixTimeSeconds()}");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(UrlOf("events_url")).PathAndQuery) { Content = new ByteArrayContent(bytes) };
        if (isSigned) request.Headers.Add(SendGridSignature.Header, SignatureTests.Sign(key, at, bytes));
        request.Headers.Add(SendGridSignature.TimestampHeader, at);
        return http.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync(string url, HttpContent content) => http.PostAsync(new Uri(UrlOf(url)).PathAndQuery, content);

    public async Task<JsonElement[]> InteractionsAsync() => [.. (await Tenant.GetAsync<JsonElement>("/v1/interactions?limit=100")).GetProperty("data").EnumerateArray()];

    /// <summary>Why addresses of the channel are suppressed.</summary>
    public async Task<IReadOnlyList<int>> SuppressedAsync()
    {
        IReadOnlyList<int> reasons = [];
        await Tenant.WithDbAsync(async db => reasons = await db.QueryAsync<int>(Reasons, null, default));
        return reasons;
    }

    private static async Task<CallbackBench> StartAsync(Func<CallbackBench, object> account)
    {
        var bench = new CallbackBench { Tenant = await TestTenant.NewAsync(), Account = $"AC{Guid.NewGuid():N}" };
        bench.ProviderId = (await bench.Tenant.CreateAsync<JsonElement>("/v1/providers", account(bench))).GetProperty("id").GetString()!;
        bench.urls = await bench.Tenant.GetAsync<JsonElement>($"/v1/providers/{bench.ProviderId}/callbacks");
        return bench;
    }

    private static readonly TenantSql Reasons = TenantSql.Of("SELECT s.Reason FROM Suppressions s WHERE s.TenantId = @TenantId ORDER BY s.CreatedAt, s.Id");
}
