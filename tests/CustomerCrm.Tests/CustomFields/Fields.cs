using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.CustomFields;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Tests.CustomFields;

/// <summary>Fields of a tenant's own, and records with values of them.</summary>
internal static class Fields
{
    public static Task<CustomField> FieldAsync(this TestTenant tenant, string name, string type, string resource = "customers", object? options = null, string? referencesTo = null) =>
        tenant.CreateAsync<CustomField>("/v1/custom_fields", new { resource, name, label = name, type, options, references_to = referencesTo });

    public static Task<CustomField> ChoiceAsync(this TestTenant tenant, string name, params string[] options) =>
        tenant.FieldAsync(name, "choice", options: options.Select(option => new { name = option }));

    /// <summary>The answer's record.</summary>
    public static Task<JsonElement> CustomerAsync(this TestTenant tenant, string name, object customFields) =>
        tenant.CreateAsync<JsonElement>("/v1/customers", new { name, custom_fields = customFields });

    public static Task<HttpResponseMessage> PatchAsync(this TestTenant tenant, string path, object body) => tenant.Http.PatchAsJsonAsync(path, body, StrictJson.Options);

    public static string Id(this JsonElement record) => record.GetProperty("id").GetString()!;

    public static string Own(this JsonElement record) => record.GetProperty("custom_fields").GetRawText();

    /// <summary>The names of all rows that a query finds, page by page.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(this TestTenant tenant, string query, int limit = 100)
    {
        var names = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await tenant.GetAsync<JsonElement>($"/v1/customers?{query}&limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}");
            names.AddRange(page.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("name").GetString()!));
            if (!page.GetProperty("has_more").GetBoolean()) return names;
            cursor = page.GetProperty("next_cursor").GetString();
        }
    }
}
