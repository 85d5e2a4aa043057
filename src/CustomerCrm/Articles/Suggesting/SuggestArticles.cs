using System.ComponentModel.DataAnnotations;
using CustomerCrm.Articles.Finding;
using CustomerCrm.Conversations;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Products;
using CustomerCrm.Tickets;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Articles.Suggesting;

/// <summary>GET /articles/suggestions: for a text, a page, a product, or something that a customer has written; GET /tickets/{ticket_id}/suggestions: for what is to be answered there.</summary>
public static class SuggestArticles
{
    private const int DefaultLimit = 5, MaxLimit = 20, LongestText = 4000, LongestPage = 2000;

    public sealed record Response
    {
        /// <summary>The best first; none, where nothing fits.</summary>
        public required IReadOnlyList<SuggestedArticle> Data { get; init; }
    }

    /// <param name="text">What somebody wrote, up to 4,000 characters.</param>
    /// <param name="interaction">An interaction whose subject and text are to be answered.</param>
    /// <param name="ticket">A ticket that is to be answered: its subject, and what the customer said last in it.</param>
    /// <param name="conversation">A conversation whose last messages of the customer are to be answered.</param>
    /// <param name="page">The page that somebody is on: an address, or a path.</param>
    /// <param name="product">A product that it is about.</param>
    /// <param name="locale">The language of the texts; an article without it is suggested in its own.</param>
    /// <param name="audience">For whom: public, customers_only, internal. internal, if nothing is said.</param>
    /// <param name="limit">How many, 1 to 20; 5 if nothing is said.</param>
    internal static async Task<Response> Handle(
        string? text, string? interaction, string? ticket, string? conversation, string? page, string? product, string? locale, string? audience, [Range(1, MaxLimit)] int? limit,
        ArticleSuggestions suggestions, WrittenTexts written, ArticleLocales locales, CancellationToken ct)
    {
        if (limit is < 1 or > MaxLimit) throw ApiProblem.BadQuery("limit", "out_of_range", $"A whole number from 1 to {MaxLimit}.");
        if (text is { Length: > LongestText }) throw ApiProblem.BadQuery("text", "too_long", $"At most {LongestText} characters.");
        if (page is { Length: > LongestPage }) throw ApiProblem.BadQuery("page", "too_long", $"At most {LongestPage} characters.");
        if ((text ?? interaction ?? ticket ?? conversation ?? page ?? product) is null) throw ApiProblem.BadQuery("text", "required", "Say for what: text, interaction, ticket, conversation, page or product.");
        var readers = await SearchArticles.ReadersAsync(audience, locale, locales, ct);
        var said = text;
        if (interaction is not null) said = $"{said} {await written.OfInteractionAsync(Id<Interaction>.TryRead(interaction, out var id) ? id : throw ApiProblem.NotFound("interaction"), ct)}";
        if (ticket is not null) said = $"{said} {await written.OfTicketAsync(Id<Ticket>.TryRead(ticket, out var asked) ? asked : throw ApiProblem.NotFound("ticket"), ct)}";
        if (conversation is not null) said = $"{said} {await written.OfConversationAsync(Id<Conversation>.TryRead(conversation, out var talk) ? talk : throw ApiProblem.NotFound("conversation"), ct)}";
        var products = product is null ? [] : new[] { await written.ProductAsync(Id<Product>.TryRead(product, out var one) ? one : throw ApiProblem.NotFound("product"), ct) };
        return new Response { Data = await suggestions.FindAsync(new SuggestionContext { Text = said, Page = page, Products = products }, readers, limit ?? DefaultLimit, ct) };
    }

    /// <param name="ticketId">Which.</param>
    /// <param name="locale">The language of the texts; left out, the ticket's own.</param>
    /// <param name="audience">For whom: public, customers_only, internal. public, if nothing is said: what a reply may send.</param>
    /// <param name="limit">How many, 1 to 20; 5 if nothing is said.</param>
    /// <param name="suggestions">Finds them.</param>
    /// <param name="written">What was asked.</param>
    /// <param name="locales">Which languages there are.</param>
    /// <param name="ct">Cancels.</param>
    internal static async Task<Response> OfTicket(
        [FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, string? locale, string? audience, [Range(1, MaxLimit)] int? limit, ArticleSuggestions suggestions, WrittenTexts written, ArticleLocales locales, CancellationToken ct)
    {
        if (limit is < 1 or > MaxLimit) throw ApiProblem.BadQuery("limit", "out_of_range", $"A whole number from 1 to {MaxLimit}.");
        var said = await written.OfTicketAsync(ticketId, ct);
        var language = locale ?? await written.LanguageOfAsync(ticketId, ct);
        var readers = await SearchArticles.ReadersAsync(audience ?? "public", language is not null && (locale is not null || ArticleLocales.IsTag(language)) ? language : null, locales, ct);
        return new Response { Data = await suggestions.FindAsync(new SuggestionContext { Text = said }, readers, limit ?? DefaultLimit, ct) };
    }
}
