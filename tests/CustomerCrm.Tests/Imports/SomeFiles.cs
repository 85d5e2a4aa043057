using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.Imports;

/// <summary>Files as people upload them, and what is done with them.</summary>
internal static class SomeFiles
{
    public static Task<HttpResponseMessage> UploadAsync(TestTenant tenant, byte[] file, string query = "resource=customers", string media = "text/csv")
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(media);
        return tenant.Http.PostAsync($"/v1/imports?{query}", content);
    }

    /// <returns>The import's id.</returns>
    public static async Task<string> UploadedAsync(TestTenant tenant, string file, string query = "resource=customers", string media = "text/csv") =>
        (await TestTenant.ReadAsync<JsonElement>(await UploadAsync(tenant, Encoding.UTF8.GetBytes(file), query, media))).GetProperty("id").GetString()!;

    /// <summary>Uploaded and written.</summary>
    public static async Task<string> ImportedAsync(TestTenant tenant, string file, string query = "resource=customers", string media = "text/csv")
    {
        var id = await UploadedAsync(tenant, file, query, media);
        await DoAsync(tenant, id, "run");
        return id;
    }

    /// <summary>Starts something and lets it come to its end.</summary>
    public static async Task<JsonElement> DoAsync(TestTenant tenant, string id, string what)
    {
        await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PostAsync($"/v1/imports/{id}/{what}", null));
        await TestApi.RunJobsAsync();
        return await tenant.GetAsync<JsonElement>($"/v1/imports/{id}");
    }

    public static async Task<JsonElement[]> RowsAsync(TestTenant tenant, string id, string filter = "") =>
        [.. (await tenant.GetAsync<JsonElement>($"/v1/imports/{id}/rows?limit=100{filter}")).GetProperty("data").EnumerateArray()];

    public static async Task<JsonElement[]> CustomersAsync(TestTenant tenant, string query = "") =>
        [.. (await tenant.GetAsync<JsonElement>($"/v1/customers?limit=100&sort=name{query}")).GetProperty("data").EnumerateArray()];

    /// <summary><c>created</c> of the tally, and so on.</summary>
    public static int Of(this JsonElement import, string tally, string what) => import.GetProperty(tally).GetProperty(what).GetInt32();

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>A job of the tenant's that fails once more is given up.</summary>
    public static readonly TenantSql LastAttempt = TenantSql.Of("UPDATE Jobs SET Attempts = 7 WHERE TenantId = @TenantId");
}
