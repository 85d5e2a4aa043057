using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerCrm.Consents;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Links;
using CustomerCrm.Platform.Lists;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Preferences;

/// <summary>A customer of a tenant, and the pages that links lead them to.</summary>
internal sealed partial class SomePages
{
    public required TestTenant Acme { get; init; }
    public required Customer Ana { get; init; }

    public static async Task<SomePages> NewAsync(string? language = null)
    {
        var acme = await TestTenant.NewAsync();
        await acme.CreateAsync<JsonElement>("/v1/consent_topics", new { name = "newsletter", title = "Newsletter <b>", description = "Once a month." });
        await acme.CreateAsync<JsonElement>("/v1/consent_topics", new { name = "care", title = "Care hints", purpose = "service", is_on_by_default = true });
        await acme.CreateAsync<JsonElement>("/v1/consent_topics", new { name = "inside", title = "Insiders", is_public = false });
        return new SomePages { Acme = acme, Ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana", email = $"a{Guid.NewGuid():N}@example.com", language }) };
    }

    public Task<string> PreferencesAsync() => PathAsync(links => links.PreferencesUrl(Ana.Id));

    public Task<string> UnsubscribeAsync(string? topic = null) => PathAsync(links => links.UnsubscribeUrl(Ana.Id, MessageChannel.Email, MessagePurpose.Marketing, topic));

    public async Task<string> PathAsync(Func<CustomerLinks, string> url)
    {
        var path = "";
        await Acme.WithScopeAsync(services =>
        {
            path = new Uri(url(services.GetRequiredService<CustomerLinks>())).AbsolutePath;
            return Task.CompletedTask;
        });
        return path;
    }

    public async Task<Dictionary<string, ConsentState>> StatesAsync() =>
        (await Acme.GetAsync<Page<Consent>>($"/v1/customers/{Ana.Id}/consents")).Data.ToDictionary(c => c.Topic ?? "all", c => c.State);

    public async Task<IReadOnlyList<ConsentEntry>> LedgerAsync() => (await Acme.GetAsync<Page<ConsentEntry>>($"/v1/customers/{Ana.Id}/consent_entries")).Data;

    public static async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields) =>
        await TestApi.NewClient().PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    /// <summary>What is ticked on a page.</summary>
    public static string[] Ticked(string html) => [.. Box().Matches(html).Where(m => m.Groups[2].Success).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];

    /// <summary>What can be ticked there.</summary>
    public static string[] Boxes(string html) => [.. Box().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];

    [GeneratedRegex("<input type=\"checkbox\" name=\"on\" value=\"([^\"]*)\"( checked)?>")]
    private static partial Regex Box();
}
