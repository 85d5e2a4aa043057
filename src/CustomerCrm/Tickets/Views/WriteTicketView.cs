using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform;
using CustomerCrm.Teams;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tickets.Views;

/// <summary>/ticket_views: whoever works with tickets keeps the questions they ask every day.</summary>
public static class WriteTicketView
{
    public sealed record Request
    {
        /// <example>Urgent and untouched</example>
        [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }

        /// <summary>Filters and order, as they would stand in the list's address.</summary>
        /// <example>filter[category][eq]=new&amp;filter[priority][eq]=urgent</example>
        [StringLength(4000)] public string Query { get; init; } = "";

        public SharedWith SharedWith { get; init; } = SharedWith.Everybody;

        /// <summary>For <c>shared_with</c> team.</summary>
        public Id<Team>? TeamId { get; init; }
    }

    public sealed record Changes
    {
        /// <example>Urgent and untouched</example>
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }

        /// <example>filter[category][eq]=new</example>
        [Required, StringLength(4000)] public Change<string> Query { get; init; }

        public Change<SharedWith> SharedWith { get; init; }
        public Change<Id<Team>?> TeamId { get; init; }
    }

    internal static Task<Page<TicketView>> Handle(ListQuery query, Sharing sharing, TenantDb db, CancellationToken ct) => List.Where(sharing.Visible()).ReadAsync(query, db, null, ct);

    internal static async Task<Created<TicketView>> Create(Request request, TicketViewBook book, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var view = await book.AddAsync(new TicketView
        {
            Id = Id<TicketView>.New(), Name = request.Name, Query = request.Query.TrimStart('?'), SharedWith = request.SharedWith, TeamId = request.TeamId, Revision = 1, CreatedAt = now, UpdatedAt = now,
        }, ct);
        return TypedResults.Created($"/v1/ticket_views/{view.Id}", view);
    }

    internal static Task<TicketView> Show([FromRoute(Name = "ticket_view_id")] Id<TicketView> viewId, TicketViewBook book, CancellationToken ct) => book.FindAsync(viewId, ct);

    internal static async Task<TicketView> Update([FromRoute(Name = "ticket_view_id")] Id<TicketView> viewId, Changes request, IfMatch ifMatch, TicketViewBook book, CancellationToken ct)
    {
        var current = await book.FindAsync(viewId, ct);
        ifMatch.Check(current.Revision);
        return await book.ChangeAsync(current, current with
        {
            Name = request.Name.Or(current.Name)!, Query = request.Query.Or(current.Query)!.TrimStart('?'), SharedWith = request.SharedWith.Or(current.SharedWith), TeamId = request.TeamId.Or(current.TeamId),
        }, ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "ticket_view_id")] Id<TicketView> viewId, IfMatch ifMatch, TicketViewBook book, CancellationToken ct)
    {
        var current = await book.FindAsync(viewId, ct);
        ifMatch.Check(current.Revision);
        await book.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }

    internal static readonly ListOf<TicketView> List = ListOf<TicketView>.From(TicketView.All, "x.Id", view => view.Id.ToBytes())
        .SortedBy("name", "x.NameKey", view => NormalizedName.Of(view.Name))
        .SortedBy("created_at", "x.CreatedAt", view => view.CreatedAt);
}
