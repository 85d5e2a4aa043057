using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.Messages;

/// <summary>Customers who may be written to, and messages to them.</summary>
internal static class SomeMessages
{
    public static async Task<Customer> CustomerAsync(TestTenant tenant, string? firstName = "Ada", string? timeZone = null)
    {
        var name = Guid.NewGuid().ToString("N");
        return await tenant.CreateAsync<Customer>("/v1/customers", new { first_name = firstName, last_name = "Lovelace", email = $"{name}@example.com", phone = $"+4366{Random.Shared.Next(10_000_000, 99_999_999)}", time_zone = timeZone });
    }

    /// <summary>As the ledger of consents would leave it.</summary>
    public static Task SayAsync(TestTenant tenant, Id<Customer> customerId, int state = 1, string topic = "", MessagePurpose purpose = MessagePurpose.Marketing, MessageChannel channel = MessageChannel.Email, DateTimeOffset? expiresAt = null) =>
        tenant.WithDbAsync(async db =>
        {
            var row = new { CustomerId = customerId, Purpose = purpose, Channel = channel, Topic = topic, State = state, ExpiresAt = expiresAt, ChangedAt = TestApi.Clock.GetUtcNow(), Id = Guid.NewGuid().ToByteArray() };
            await db.ExecuteAsync(Forget, row, default);
            await db.ExecuteAsync(Say, row, default);
        });

    public static Task<HttpResponseMessage> TryPostAsync(TestTenant tenant, object message, HttpClient? http = null, bool isQuiet = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/messages") { Content = JsonContent.Create(message) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        if (isQuiet) request.Headers.Add("Crm-Quiet", "true");
        return (http ?? tenant.Http).SendAsync(request);
    }

    public static async Task<JsonElement> PostAsync(TestTenant tenant, object message) => await TestTenant.ReadAsync<JsonElement>(await TryPostAsync(tenant, message));

    public static object Marketing(Id<Customer> customerId, string channel = "email", string? topic = null) => new
    {
        customer_id = customerId.ToString(), channel, purpose = "marketing", topic,
        content = channel == "email" ? (object)new { subject = "News", html = "<p>Look at <a href=\"https://shop.example.com/tea\">tea</a>.</p>" } : new { sms = "Look at our tea." },
    };

    public static object Transactional(Id<Customer> customerId, string channel = "email") => new
    {
        customer_id = customerId.ToString(), channel, purpose = "transactional",
        content = channel == "email" ? (object)new { subject = "Receipt", text = "Thank you." } : new { sms = "Thank you." },
    };

    public static async Task<JsonElement> PatchPolicyAsync(TestTenant tenant, object change)
    {
        var answer = await tenant.Http.PatchAsJsonAsync("/v1/contact_policy", change);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return await TestTenant.ReadAsync<JsonElement>(answer);
    }

    public static async Task<string> StateAsync(TestTenant tenant, JsonElement message) =>
        (await tenant.GetAsync<JsonElement>($"/v1/messages/{message.Id()}")).Text("state");

    public static string Id(this JsonElement resource) => resource.Text("id");

    public static string Text(this JsonElement resource, string member) => resource.GetProperty(member).GetString()!;

    private static readonly TenantSql Forget = TenantSql.Of("DELETE FROM ConsentStates WHERE TenantId = @TenantId AND CustomerId = @CustomerId AND Purpose = @Purpose AND Channel = @Channel AND Topic = @Topic");

    private static readonly TenantSql Say = TenantSql.Of("""
        INSERT INTO ConsentStates (TenantId, Id, CustomerId, Purpose, Channel, Topic, State, LegalBasis, ExpiresAt, ChangedAt, EntryId)
        VALUES (@TenantId, @Id, @CustomerId, @Purpose, @Channel, @Topic, @State, 1, @ExpiresAt, @ChangedAt, @Id)
        """);
}
