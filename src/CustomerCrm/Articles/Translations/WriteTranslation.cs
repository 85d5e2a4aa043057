using CustomerCrm.Articles.Finding;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Articles.Translations;

/// <summary>GET, PUT and DELETE /articles/{article_id}/translations/{locale}</summary>
public static class WriteTranslation
{
    private const int MostLocales = 50;

    /// <example>{"title":"Wie sende ich etwas zurück?","body":"Sie haben **30 Tage**."}</example>
    public sealed record Request : ArticleText;

    internal static Task<Translation> Show([FromRoute(Name = "article_id")] Id<Article> articleId, string locale, TenantDb db, CancellationToken ct) => Translation.FindAsync(articleId, locale, db, ct);

    internal static async Task<Translation> Handle(
        [FromRoute(Name = "article_id")] Id<Article> articleId, string locale, Request request, IfMatch ifMatch, TenantDb db, TranslationWriter writer, CancellationToken ct)
    {
        var article = await Article.FindAsync(articleId, db, ct);
        if (!ArticleLocales.IsTag(locale)) throw ApiProblem.NotFound("language");
        if (await Translation.LookAsync(articleId, locale, db, ct) is { } current)
        {
            ifMatch.Check(current.Revision);
            return await writer.RewriteAsync(current, request, restoredFrom: null, ct);
        }
        if (article.Translations.Count >= MostLocales) throw ApiProblem.Conflict("too_many_translations", $"An article has at most {MostLocales} languages.");
        return await writer.AddLanguageAsync(articleId, LocaleTag.Of(locale), request, ct);
    }

    internal static async Task<NoContent> Remove(
        [FromRoute(Name = "article_id")] Id<Article> articleId, string locale, IfMatch ifMatch, TenantDb db, TranslationWriter writer, CancellationToken ct)
    {
        var current = await Translation.FindAsync(articleId, locale, db, ct);
        ifMatch.Check(current.Revision);
        if ((await Article.FindAsync(articleId, db, ct)).Locale == current.Locale) throw ApiProblem.Conflict("own_language", "It is the article's own language: what stands for all that it is not written in.");
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
