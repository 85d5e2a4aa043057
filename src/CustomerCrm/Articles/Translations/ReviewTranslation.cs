using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Articles.Translations;

/// <summary>From draft to reader: review is asked for, a text is approved or rejected, published and taken back.</summary>
public static class ReviewTranslation
{
    /// <example>{"note":"Please check the deadline."}</example>
    public sealed record Request
    {
        /// <summary>For whoever is next.</summary>
        [StringLength(1000, MinimumLength = 1)] public string? Note { get; init; }
    }

    internal static async Task<Translation> RequestReview(
        [FromRoute(Name = "article_id")] Id<Article> articleId, string locale, Request request, IfMatch ifMatch, TenantDb db, TranslationWriter writer, CancellationToken ct)
    {
        var current = await FindAsync(articleId, locale, ifMatch, db, ct);
        if (!TranslationFlow.MayAsk(current.State)) throw ApiProblem.Conflict("nothing_to_review", "Only a draft is reviewed; change the text first.");
        return await writer.MoveAsync(current, current with { State = TranslationState.InReview, ReviewNote = request.Note, ReviewerKind = null, ReviewerId = null, ReviewerName = null }, "article.review_requested", ct);
    }

    internal static async Task<Translation> Approve(
        [FromRoute(Name = "article_id")] Id<Article> articleId, string locale, Request request, IfMatch ifMatch, TenantDb db, TranslationWriter writer, ArticleSettingsReader settings, Caller caller, CancellationToken ct)
    {
        var current = await FindAsync(articleId, locale, ifMatch, db, ct);
        if (!TranslationFlow.MayDecide(current.State)) throw ApiProblem.Conflict("not_in_review", "Nobody has asked for a review of this text.");
        if ((await settings.GetAsync(ct)).RequiresReview && TranslationFlow.IsOwn(current.Author, caller.Actor)) throw ApiProblem.Conflict("own_text", "Reviews are required, and nobody approves what they wrote themselves.");
        return await writer.MoveAsync(current, ReviewedBy(current, caller, request) with { State = TranslationState.Approved }, "article.approved", ct);
    }

    internal static async Task<Translation> Reject(
        [FromRoute(Name = "article_id")] Id<Article> articleId, string locale, Request request, IfMatch ifMatch, TenantDb db, TranslationWriter writer, Caller caller, CancellationToken ct)
    {
        var current = await FindAsync(articleId, locale, ifMatch, db, ct);
        if (!TranslationFlow.MayDecide(current.State)) throw ApiProblem.Conflict("not_in_review", "Nobody has asked for a review of this text.");
        return await writer.MoveAsync(current, ReviewedBy(current, caller, request) with { State = TranslationState.Draft }, "article.rejected", ct);
    }

    internal static async Task<Translation> Publish(
        [FromRoute(Name = "article_id")] Id<Article> articleId, string locale, IfMatch ifMatch, TenantDb db, TranslationWriter writer, ArticleSettingsReader settings, TimeProvider clock, CancellationToken ct)
    {
        var current = await FindAsync(articleId, locale, ifMatch, db, ct);
        if (current.PublishedVersion == current.Version) return current;
        if ((await settings.GetAsync(ct)).RequiresReview && current.State != TranslationState.Approved) throw ApiProblem.Conflict("not_approved", "Reviews are required: somebody else must approve this version first.");
        return await writer.MoveAsync(current, current with { State = TranslationState.Published, PublishedVersion = current.Version, PublishedAt = clock.GetUtcNow() }, "article.published", ct);
    }

    internal static async Task<Translation> Unpublish(
        [FromRoute(Name = "article_id")] Id<Article> articleId, string locale, IfMatch ifMatch, TenantDb db, TranslationWriter writer, CancellationToken ct)
    {
        var current = await FindAsync(articleId, locale, ifMatch, db, ct);
        if (current.PublishedVersion is null) return current;
        return await writer.MoveAsync(current, current with
        {
            State = current.State == TranslationState.Published ? TranslationState.Draft : current.State, PublishedVersion = null, PublishedAt = null,
        }, "article.unpublished", ct);
    }

    private static Translation ReviewedBy(Translation current, Caller caller, Request request) =>
        current with { ReviewNote = request.Note, ReviewerKind = caller.Actor.Kind, ReviewerId = caller.Actor.Id, ReviewerName = caller.Actor.Name };

    private static async Task<Translation> FindAsync(Id<Article> articleId, string locale, IfMatch ifMatch, TenantDb db, CancellationToken ct)
    {
        var current = await Translation.FindAsync(articleId, locale, db, ct);
        ifMatch.Check(current.Revision);
        return current;
    }
}
