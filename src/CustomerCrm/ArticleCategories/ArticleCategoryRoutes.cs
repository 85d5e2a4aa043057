using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.ArticleCategories;

internal static class ArticleCategoryRoutes
{
    public static IServiceCollection AddArticleCategories(this IServiceCollection services) => services.AddScoped<CategoryWriter>();

    /// <summary>The tree that articles stand in, as the help pages show it.</summary>
    public static void MapArticleCategories(this IEndpointRouteBuilder api)
    {
        var categories = api.MapGroup("/article_categories").WithTags("ArticleCategories");

        categories.MapGet("/", Handle).WithName("ListArticleCategories").Needs("article_categories:read").Lists(List).Describe("List article categories",
            "All categories; `parent_id` makes a tree of them. Among those of one parent the smallest `position` comes first.");
        categories.MapPost("/", CreateCategory.Handle).WithName("CreateArticleCategory").Needs("article_categories:write").MayAnswer(409, "category_exists").Describe("Create an article category",
            $"With a name in each language that readers have. Categories stand at most {CategoryTree.Deepest} deep.");
        categories.MapGet("/{article_category_id}", Show).WithName("ShowArticleCategory").Needs("article_categories:read").Describe("Show an article category",
            "One category with its names. Its `ETag` is its revision, for `If-Match`.");
        categories.MapPatch("/{article_category_id}", ChangeCategory.Handle).WithName("ChangeArticleCategory").Needs("article_categories:write").MayAnswer(409, "category_exists").Describe("Change an article category",
            "Absent members stay. Another `parent_id` moves it with all that stands in it; null makes it stand alone.");
        categories.MapDelete("/{article_category_id}", ChangeCategory.Remove).WithName("RemoveArticleCategory").Needs("article_categories:write").MayAnswer(409, "category_in_use").Describe("Delete an article category",
            "Only while nothing stands in it: move its articles and categories first.");
    }

    internal static Task<Page<ArticleCategory>> Handle(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static Task<ArticleCategory> Show([FromRoute(Name = "article_category_id")] Id<ArticleCategory> categoryId, TenantDb db, CancellationToken ct) => ArticleCategory.FindAsync(categoryId, db, ct);

    internal static readonly ListOf<ArticleCategory> List = ListOf<ArticleCategory>.From(ArticleCategory.Matching, "c.Id", category => category.Id.ToBytes())
        .SortedBy("created_at", "c.CreatedAt", category => category.CreatedAt)
        .FilteredBy("parent_id", "c.ParentId", FilterType.IdOf<ArticleCategory>(), Operators.Equal | Operators.In)
        .FilteredBy("slug", "c.Slug", FilterType.Text(100, "orders"), Operators.Equal);
}
