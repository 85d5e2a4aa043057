using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform;
using CustomerCrm.Platform.OpenApi.Answering;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.TicketStatuses;

internal static class TicketStatusRoutes
{
    internal static readonly ListOf<TicketStatus> List = ListOf<TicketStatus>.From(TicketStatus.All, "s.Id", status => status.Id.ToBytes())
        .SortedBy("position", "s.Position", status => status.Position)
        .SortedBy("name", "s.NameKey", status => NormalizedName.Of(status.Name))
        .SortedBy("created_at", "s.CreatedAt", status => status.CreatedAt)
        .FilteredBy("category", "s.Category", FilterType.OneOf<TicketCategory>(), Operators.Equal | Operators.In);

    /// <summary>The tenant's own words for where a ticket stands.</summary>
    public static void MapTicketStatuses(this IEndpointRouteBuilder api)
    {
        var statuses = api.MapGroup("/ticket_statuses").WithTags("TicketStatuses");

        statuses.MapGet("/", ListTicketStatuses).Needs("tickets:read").Lists(List).Describe("List ticket statuses",
            "The tenant's own words, in the order of `position`. Each is of one of the six categories, by which everything goes: new, open, pending, on_hold, solved, closed. Without any, tickets are called by their category.");
        statuses.MapPost("/", WriteTicketStatus.Create).WithName("CreateTicketStatus").Needs("ticket_statuses:write").MayAnswer(409, "ticket_status_exists").MayAnswer(409, "too_many_ticket_statuses").Describe("Create a ticket status",
            $"With a name that no other has, capitals aside. `is_default` makes it what tickets have that come into the category without a status being named; the one before is not it any more. At most {WriteTicketStatus.MostStatuses}.");
        statuses.MapGet("/{ticket_status_id}", Show).WithName("ShowTicketStatus").Needs("tickets:read").Describe("Show a ticket status",
            "One status. Its `ETag` is its revision, for `If-Match`.");
        statuses.MapPatch("/{ticket_status_id}", WriteTicketStatus.Update).WithName("ChangeTicketStatus").Needs("ticket_statuses:write").MayAnswer(409, "ticket_status_exists").Describe("Change a ticket status",
            "Its name, place or whether it is the default, for all tickets that have it, at once. The category stays: another category is another status.");
        statuses.MapDelete("/{ticket_status_id}", WriteTicketStatus.Remove).WithName("RemoveTicketStatus").Needs("ticket_statuses:write").Describe("Delete a ticket status",
            "Tickets that had it are called by their category from then on.");
    }

    internal static Task<Page<TicketStatus>> ListTicketStatuses(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static Task<TicketStatus> Show([FromRoute(Name = "ticket_status_id")] Id<TicketStatus> statusId, TenantDb db, CancellationToken ct) => TicketStatus.FindAsync(statusId, db, ct);
}
