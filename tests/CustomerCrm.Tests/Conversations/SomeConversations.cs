using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Json;
using CustomerCrm.Tests.ProviderCallbacks;

namespace CustomerCrm.Tests.Conversations;

/// <summary>Customers who write, and people who answer.</summary>
internal static class SomeConversations
{
    /// <summary>A customer's message, and the entry that it became.</summary>
    public static async Task<JsonElement> SaidAsync(TestTenant tenant, object message) => await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PostAsJsonAsync("/v1/conversations/messages", message, StrictJson.Options));

    public static async Task<JsonElement> ReplyAsync(TestTenant tenant, string conversation, object reply, HttpClient? http = null) =>
        await TestTenant.ReadAsync<JsonElement>(await (http ?? tenant.Http).PostAsJsonAsync($"/v1/conversations/{conversation}/replies", reply, StrictJson.Options));

    public static async Task<JsonElement[]> EntriesAsync(TestTenant tenant, string conversation) =>
        [.. (await tenant.GetAsync<JsonElement>($"/v1/conversations/{conversation}/entries?limit=100")).GetProperty("data").EnumerateArray()];

    public static async Task<JsonElement[]> ConversationsAsync(TestTenant tenant, string query = "") =>
        [.. (await tenant.GetAsync<JsonElement>($"/v1/conversations?limit=100{query}")).GetProperty("data").EnumerateArray()];

    public static async Task<string> UploadAsync(TestTenant tenant, string name, byte[] content, string type = "application/octet-stream") =>
        (await TestTenant.ReadAsync<JsonElement>(await TryUploadAsync(tenant.Http, name, content, type))).GetProperty("id").GetString()!;

    public static Task<HttpResponseMessage> TryUploadAsync(HttpClient http, string name, byte[] content, string type = "application/octet-stream", string path = "/v1/attachments")
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue(type);
        return http.PostAsync($"{path}?file_name={Uri.EscapeDataString(name)}", body);
    }

    /// <summary>An e-mail as a mail server hands it over.</summary>
    public static Task<HttpResponseMessage> MailAsync(CallbackBench bench, string from, string text, string id, string? to = null, string? references = null, string subject = "Question", string more = "") =>
        bench.PostAsync("inbound_raw_url", new ByteArrayContent(Encoding.UTF8.GetBytes(
            $"From: {from}\r\n{(to is null ? "" : $"To: {to}\r\n")}Subject: {subject}\r\nMessage-ID: <{id}>\r\n{(references is null ? "" : $"In-Reply-To: {references}\r\n")}{more}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}")));

    /// <summary>What left through the tenant's account at SendGrid.</summary>
    public static JsonElement[] SentBy(CallbackBench bench) => [.. TestApi.Providers.Of(bench.Account).Messages.Select(taken => JsonElement.Parse(taken.Body))];

    public static async Task<string> PublishableAsync(TestTenant tenant, string origin = "https://shop.example") =>
        (await tenant.CreateAsync<JsonElement>("/v1/api_keys", new { name = "Pages", use = "publishable", scopes = new[] { "chat:read", "chat:write" }, origins = new[] { origin } })).GetProperty("key").GetString()!;

    /// <summary>A page of the tenant's shop, with a visitor who has begun to chat.</summary>
    public static async Task<Page> ChatAsync(TestTenant tenant, string text = "Hello?", string? email = null, string? anonymousId = null, string? identityToken = null)
    {
        var http = TestTenant.ClientOf(await PublishableAsync(tenant));
        http.DefaultRequestHeaders.Add("Origin", "https://shop.example");
        var begun = await TestTenant.ReadAsync<JsonElement>(await http.PostAsJsonAsync("/v1/chat", new { text, email, anonymous_id = anonymousId, identity_token = identityToken }, StrictJson.Options));
        http.DefaultRequestHeaders.Add("Crm-Visitor", begun.GetProperty("visitor_token").GetString());
        return new Page(http, begun);
    }

    internal sealed record Page(HttpClient Http, JsonElement Begun)
    {
        public string VisitorId => Begun.GetProperty("chat").GetProperty("visitor_id").GetString()!;
        public string Token => Begun.GetProperty("visitor_token").GetString()!;

        public async Task<JsonElement[]> MessagesAsync(int after = 0) => [.. (await TestTenant.ReadAsync<JsonElement>(await Http.GetAsync($"/v1/chat/messages?after={after}"))).GetProperty("data").EnumerateArray()];

        public async Task<JsonElement> SayAsync(object message) => await TestTenant.ReadAsync<JsonElement>(await Http.PostAsJsonAsync("/v1/chat/messages", message, StrictJson.Options));
    }

    public static string? Text(this JsonElement element, string member) => element.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;
}
