using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.Surveys;

/// <summary>Surveys, and customers who are asked.</summary>
internal static class SomeSurveys
{
    public static async Task<Customer> CustomerAsync(TestTenant tenant, string? language = null)
    {
        var name = Guid.NewGuid().ToString("N");
        return await tenant.CreateAsync<Customer>("/v1/customers", new { name = "Ana", email = $"{name}@example.com", phone = $"+4366{Random.Shared.Next(10_000_000, 99_999_999)}", language });
    }

    public static Task<JsonElement> CreateAsync(TestTenant tenant, string kind = "csat", object? settings = null, object? definition = null, string status = "active") =>
        tenant.CreateAsync<JsonElement>("/v1/surveys", new { name = "How was it?", kind, status, settings = settings ?? new { }, definition });

    public static Task<HttpResponseMessage> TryInviteAsync(TestTenant tenant, string surveyId, string customerId, string? channel = "link", object? about = null, string? agentId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/surveys/{surveyId}/invitations") { Content = JsonContent.Create(new { customer_id = customerId, channel, about, agent_id = agentId }) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return tenant.Http.SendAsync(request);
    }

    /// <returns>The invitation, and the path of its page where there is one.</returns>
    public static async Task<(JsonElement Invitation, string? Path)> InviteAsync(TestTenant tenant, string surveyId, string customerId, string? channel = "link", object? about = null, string? agentId = null)
    {
        var invited = await TestTenant.ReadAsync<JsonElement>(await TryInviteAsync(tenant, surveyId, customerId, channel, about, agentId));
        return (invited.GetProperty("invitation"), invited.GetProperty("url").GetString() is { } url ? new Uri(url).AbsolutePath : null);
    }

    /// <summary>Asks somebody new, who answers.</summary>
    public static async Task<JsonElement> AnswerAsync(TestTenant tenant, string surveyId, object answers, Customer? by = null, object? about = null, string? agentId = null)
    {
        by ??= await CustomerAsync(tenant);
        var (invitation, _) = await InviteAsync(tenant, surveyId, by.Id.ToString(), about: about, agentId: agentId);
        return await tenant.CreateAsync<JsonElement>("/v1/survey_responses", new { invitation_id = invitation.Text("id"), answers });
    }

    public static async Task<JsonElement[]> InvitationsAsync(TestTenant tenant, string surveyId) =>
        [.. (await tenant.GetAsync<JsonElement>($"/v1/surveys/{surveyId}/invitations")).GetProperty("data").EnumerateArray()];

    public static async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields) =>
        await TestApi.NewClient().PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public static object In(string text) => new { en = text };

    public static string Id(this JsonElement resource) => resource.Text("id");

    public static string Text(this JsonElement resource, string member) => resource.GetProperty(member).GetString()!;

    public static object Definition(params object[] questions) => new { languages = new[] { "en" }, questions };

    public static Id<T> IdOf<T>(JsonElement resource) where T : IHasId => Id<T>.Parse(resource.Text("id"));
}
