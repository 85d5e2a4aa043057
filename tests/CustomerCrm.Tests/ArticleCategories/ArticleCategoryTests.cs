using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.ArticleCategories;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tests.ArticleCategories;

public class ArticleCategoryTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task OpenAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task They_stand_in_one_another_and_never_in_themselves()
    {
        var levels = new List<string>();
        for (var i = 0; i < CategoryTree.Deepest; i++) levels.Add(await AddAsync($"level-{i}", levels.LastOrDefault()));

        Assert.That((await Problem.OfAsync(await AddRawAsync("too-deep", levels[^1]))).Errors, Is.EqualTo(new[] { ("/parent_id", "too_deep") }));
        foreach (var parent in new[] { levels[0], levels[2] })
            Assert.That((await Problem.OfAsync(await acme.Http.PatchAsJsonAsync($"/v1/article_categories/{levels[0]}", new { parent_id = parent }))).Errors, Is.EqualTo(new[] { ("/parent_id", "goes_round") }));
        var moved = await TestTenant.ReadAsync<ArticleCategory>(await acme.Http.PatchAsJsonAsync($"/v1/article_categories/{levels[2]}", new { parent_id = (string?)null }));
        Assert.That((moved.ParentId, moved.Revision), Is.EqualTo(((CustomerCrm.Platform.Data.Id<ArticleCategory>?)null, 2)));
    }

    [Test]
    public async Task One_in_which_something_stands_is_not_deleted()
    {
        var (orders, returns) = (await AddAsync("orders"), "");
        returns = await AddAsync("returns", orders);
        await acme.CreateAsync<JsonElement>("/v1/articles", new { title = "A", body = "B", category_id = returns });

        foreach (var category in new[] { orders, returns }) Assert.That((await Problem.OfAsync(await acme.Http.DeleteAsync($"/v1/article_categories/{category}"))).Code, Is.EqualTo("category_in_use"));
        Assert.That((await Problem.OfAsync(await AddRawAsync("orders", null))).Code, Is.EqualTo("category_exists"));
        Assert.That((await acme.GetAsync<Page<ArticleCategory>>($"/v1/article_categories?filter[parent_id][eq]={orders}")).Data.Select(c => c.Slug), Is.EqualTo(new[] { "returns" }));
    }

    [TestCase("{\"slug\":\"No\",\"names\":{\"en\":{\"name\":\"A\"}}}", "/slug")]
    [TestCase("{\"slug\":\"a\",\"names\":{}}", "/names")]
    [TestCase("{\"slug\":\"a\",\"names\":{\"english!\":{\"name\":\"A\"}}}", "/names")]
    [TestCase("{\"slug\":\"a\",\"names\":{\"en\":{\"name\":\"\"}}}", "/names/en/name")]
    [TestCase("{\"slug\":\"a\",\"names\":{\"en\":null}}", "/names/en")]
    [TestCase("{\"slug\":\"a\",\"names\":{\"en\":{\"name\":\"A\"}},\"position\":-1}", "/position")]
    public async Task Nonsense_is_refused_by_its_place(string body, string pointer)
    {
        var problem = await Problem.OfAsync(await acme.Http.PostAsync("/v1/article_categories", new StringContent(body, System.Text.Encoding.UTF8, "application/json")));

        Assert.That(problem.Pointers, Does.Contain(pointer));
    }

    private async Task<string> AddAsync(string slug, string? parent = null) => (await TestTenant.ReadAsync<JsonElement>(await AddRawAsync(slug, parent))).GetProperty("id").GetString()!;

    private Task<HttpResponseMessage> AddRawAsync(string slug, string? parent) => acme.Http.PostAsJsonAsync("/v1/article_categories", new { slug, parent_id = parent, names = new { en = new { name = slug } } });
}
