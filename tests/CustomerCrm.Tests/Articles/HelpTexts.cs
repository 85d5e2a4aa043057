using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Articles;

namespace CustomerCrm.Tests.Articles;

/// <summary>Writes and publishes what a shop explains.</summary>
internal static class HelpTexts
{
    public static async Task<Article> PublishAsync(TestTenant tenant, string title, string body, string locale = "en", string visibility = "public", string[]? keywords = null, object? also = null)
    {
        var article = await tenant.CreateAsync<Article>("/v1/articles", new { title, body, locale, visibility, keywords = keywords ?? [] });
        if (also is not null) await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PatchAsJsonAsync($"/v1/articles/{article.Id}", also));
        return await PublishAsync(tenant, article, locale);
    }

    public static async Task<Article> PublishAsync(TestTenant tenant, Article article, string locale)
    {
        await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PostAsJsonAsync($"/v1/articles/{article.Id}/translations/{locale}/publication", new { }));
        return await tenant.GetAsync<Article>($"/v1/articles/{article.Id}");
    }

    public static async Task TranslateAsync(TestTenant tenant, Article article, string locale, string title, string body)
    {
        await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PutAsJsonAsync($"/v1/articles/{article.Id}/translations/{locale}", new { title, body }));
        await PublishAsync(tenant, article, locale);
    }

    public static async Task<string[]> TitlesAsync(TestTenant tenant, string query) =>
        [.. (await tenant.GetAsync<JsonElement>($"/v1/articles/search?{query}")).GetProperty("data").EnumerateArray().Select(hit => hit.GetProperty("title").GetString()!)];
}
