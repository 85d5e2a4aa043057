using CustomerCrm.Articles.Finding;
using CustomerCrm.Articles.Markdown;
using CustomerCrm.Articles.Reports;
using CustomerCrm.Articles.Suggesting;
using CustomerCrm.Articles.Translations;
using CustomerCrm.Articles.Views;
using CustomerCrm.Articles.Votes;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Platform.Tenancy.Moving;
using CustomerCrm.Search.Sources;

namespace CustomerCrm.Articles;

internal static class ArticleRoutes
{
    public static IServiceCollection AddArticles(this IServiceCollection services) => services
        .AddScoped<ArticleWriter>().AddScoped<ArticleNames>().AddScoped<TranslationWriter>().AddSingleton<IIndexedApart, MovedArticleIndex>().AddScoped<ArticleIndex>().AddScoped<ArticleVocabulary>().AddScoped<ArticleFinder>().AddScoped<ArticleHits>()
        .AddScoped<ArticleLocales>().AddScoped<ArticleSettingsReader>().AddScoped<ArticleSuggestions>().AddScoped<WrittenTexts>().AddScoped<ArticleVotes>().AddScoped<SearchLog>()
        .AddScoped<ISearched, SearchedArticles>().AddJob<PruneSearchesJob, PruneArticleSearches>()
        .AddSingleton<GatheredViews>().AddScoped<ViewCounter>().AddSingleton<ViewWriter>().AddHostedService(all => all.GetRequiredService<ViewWriter>()).AddJob<RecountViewsJob, RecountArticleViews>();

    /// <summary>What is explained to readers, in their languages: written, reviewed, published, found, suggested, and judged.</summary>
    public static void MapArticles(this IEndpointRouteBuilder api)
    {
        var articles = api.MapGroup("/articles").WithTags("Articles");

        articles.MapGet("/", ListArticles.Handle).Needs("articles:read").Lists(ListArticles.List).Describe("List articles",
            "Those changed last first, each with how far its texts are, by language. `filter[state][eq]=in_review` is what waits for a reviewer, `filter[missing_locale][eq]=de` what is left to translate, `sort=-recent_views` what is read most these days.");
        articles.MapPost("/", CreateArticle.Handle).Needs("articles:write").MayAnswer(409, "slug_taken").Describe("Create an article",
            "With its first text, as a draft that nobody reads yet. Other languages are put beside it under `translations`.");
        articles.MapGet("/search", SearchArticles.Handle).Needs("articles:read").Describe("Search articles",
            "Published texts, the best answer first. English words are found in all their forms, words of other languages by most of their letters; the tenant's synonyms, and a slip or two, are understood. `why` says which word was found where. A text in another language than `locale` stands for an article that has none in it.");
        articles.MapGet("/suggestions", SuggestArticles.Handle).Needs("articles:read").MayAnswer(404, "not_found").Describe("Suggest articles",
            "For something that is to be answered, a page or a product: for replies of agents, and for widgets in a shop. Several may be said at once. `reasons` says why each is suggested; nothing is suggested where nothing fits.");
        api.MapGet("/tickets/{ticket_id}/suggestions", SuggestArticles.OfTicket).WithName("SuggestForTicket").WithTags("Articles").Needs("articles:read").Describe("Suggest articles for a ticket",
            "For who is about to answer it: published articles that fit its subject and what the customer wrote last, without what their mail quotes, in the ticket's language, then in the customer's. What everybody may read, unless `audience` says otherwise; `reasons` says why each is suggested.");
        articles.MapGet("/gaps", ListGaps.Handle).Needs("articles:read").Describe("List gaps",
            "What was searched for, on the help pages, by agents and by bots, and not found; and the latest tickets whose subject finds no article: what is to be written next.");
        articles.MapGet("/settings", ChangeArticleSettings.Show).WithName("ShowArticleSettings").Needs("articles:read").Describe("Show the settings of articles",
            "Synonyms that the search understands, and whether reviews are required. Its `ETag` is its revision, for `If-Match`.");
        articles.MapPatch("/settings", ChangeArticleSettings.Handle).Needs("article_reviews:write").Describe("Change the settings of articles",
            "Absent members stay. Synonyms hold from the next search on; a required review from the next publication on.");
        articles.MapPost("/preview", PreviewArticle.Handle).ReadsOnly().Needs("articles:read").Describe("Preview Markdown",
            "Markdown as readers would see it, safe to put into any page. Nothing is kept.");
        articles.MapGet("/{article_id}", ListArticles.Show).WithName("ShowArticle").Needs("articles:read").Describe("Show an article",
            "Where it stands, who reads it, how it is judged and how far its texts are. Its `ETag` is its revision, for `If-Match`; a vote is a change, too.");
        articles.MapPatch("/{article_id}", ChangeArticle.Handle).Needs("articles:write").MayAnswer(409, "slug_taken").Describe("Change an article",
            "Absent members stay. Under a `slug` that it had before it is still found, and its help page answers 301 to the new address, until another article takes the name. Texts are changed one by one under `translations`. Another `visibility` holds for readers at once; what is published is shown to more people by who may publish (`article_reviews:write`).");
        articles.MapDelete("/{article_id}", ChangeArticle.Remove).WithName("RemoveArticle").Needs("article_reviews:write").Describe("Delete an article",
            "For good, with its texts, their versions and its votes. To keep it and show it to nobody, take its texts back with `DELETE …/publication`.");
        articles.MapGet("/{article_id}/votes", VoteOnArticle.List).WithName("ListArticleVotes").Needs("articles:read").Lists(VoteOnArticle.OfOne).Describe("List an article's votes",
            "The latest first. `filter[has_remark][eq]=true` is what readers say is missing. Nobody's identity is kept.");
        articles.MapPost("/{article_id}/votes", VoteOnArticle.Handle).Needs("articles:write").Describe("Vote on an article",
            "For a widget of your own: whether it was helpful. Each `visitor` has one vote and may change it; however often it is sent, it is counted once.");

        var texts = articles.MapGroup("/{article_id}/translations/{locale}");
        texts.MapGet("/", WriteTranslation.Show).WithName("ShowTranslation").Needs("articles:read").Describe("Show an article's text",
            "The latest version in one language, as Markdown and as safe HTML, and how far it is. Its `ETag` is its revision, for `If-Match`.");
        texts.MapPut("/", WriteTranslation.Handle).WithName("WriteTranslation").Needs("articles:write").MayAnswer(409, "too_many_translations").Describe("Write an article's text",
            "In one language; another than those there are is added. What differs from the latest version is a new one, and a draft; readers go on seeing the published version.");
        texts.MapDelete("/", WriteTranslation.Remove).WithName("RemoveTranslation").Needs("article_reviews:write").MayAnswer(409, "own_language").Describe("Delete an article's text",
            "In one language, with its versions. The article's own language stays: change the article's `locale` first.");
        texts.MapPost("/review_request", ReviewTranslation.RequestReview).WithName("RequestReview").Needs("articles:write").MayAnswer(409, "nothing_to_review").Describe("Ask for a review",
            "A draft is then in review. The event `article.review_requested` tells whoever reviews.");
        texts.MapPost("/approval", ReviewTranslation.Approve).WithName("ApproveTranslation").Needs("article_reviews:write").MayAnswer(409, "not_in_review").Describe("Approve a text",
            "It can be published as it is now; any later change makes it a draft again. Where reviews are required, nobody approves what they wrote themselves (409 `own_text`).");
        texts.MapPost("/rejection", ReviewTranslation.Reject).WithName("RejectTranslation").Needs("article_reviews:write").MayAnswer(409, "not_in_review").Describe("Reject a text",
            "It is a draft again; `note` says what is to be changed.");
        texts.MapPost("/publication", ReviewTranslation.Publish).WithName("PublishTranslation").Needs("article_reviews:write").MayAnswer(409, "not_approved").Describe("Publish a text",
            "Readers see the latest version from now on, and the search finds it. Where reviews are required, only an approved one (409 `not_approved`). Twice does no harm.");
        texts.MapDelete("/publication", ReviewTranslation.Unpublish).WithName("UnpublishTranslation").Needs("article_reviews:write").Describe("Take a text back",
            "Readers do not see it any more, and the search does not find it. Its versions stay.");
        texts.MapGet("/versions", ListVersions.Handle).WithName("ListArticleVersions").Needs("articles:read").Describe("List a text's versions",
            "All that was ever written, the latest first, with who wrote it and which one readers see.");
        texts.MapGet("/versions/{article_version}", ListVersions.Show).WithName("ShowArticleVersion").Needs("articles:read").Describe("Show a text's version",
            "What was written at one time.");
        texts.MapPost("/versions/{article_version}/restoration", ListVersions.Restore).WithName("RestoreArticleVersion").Needs("articles:write").Describe("Restore a version",
            "Its text is written again as a new version, a draft; what was written since stays in the list.");
    }
}
