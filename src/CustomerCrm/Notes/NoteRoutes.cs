using CustomerCrm.Orders;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Notes;

internal static class NoteRoutes
{
    public static IServiceCollection AddNotes(this IServiceCollection services) => services.AddScoped<NoteWriter>().AddJob<FollowOrderJob, FollowOrder>();

    /// <summary>What people write down of customers, companies and orders.</summary>
    public static void MapNotes(this IEndpointRouteBuilder api)
    {
        var notes = api.MapGroup("/notes").WithTags("Notes");

        notes.MapGet("/", ListNotes.Handle).Needs("notes:read").Lists(ListNotes.List).Describe("List notes",
            "All notes, those written last first. A note of an order is also its customer's: `filter[customer_id][eq]` finds both.");
        notes.MapPost("/", WriteNote.Handle).Needs("notes:write").Describe("Write a note",
            "Of a customer, a company or an order. Its author is whoever makes this request. `written_at` is for notes that come from elsewhere.");
        notes.MapPost("/batch", WriteManyNotes.Handle).Needs("notes:write").Describe("Write many notes",
            $"Up to {Batch.MostItems} items, each as for one note. 207 with a result per item, in their order; an item that is refused changes nothing for the others. Send `Crm-Quiet: true` when loading history.");
        notes.MapGet("/{note_id}", Show).Needs("notes:read").Describe("Show a note",
            "One note with its text, its author and what it is of. Its `ETag` is its revision, for `If-Match`.");
        notes.MapPatch("/{note_id}", ChangeNote.Handle).Needs("notes:write").Describe("Change a note",
            "The text, or whether it is pinned; absent members stay. What it is of and who wrote it do not change.");
        notes.MapDelete("/{note_id}", ChangeNote.Remove).WithName("RemoveNote").Needs("notes:write").Describe("Delete a note",
            "For good. Notes also go with the customer, the company or the order that they are of.");

        api.MapGet("/customers/{customer_id}/notes", ListNotes.OfCustomer).WithName("ListCustomerNotes").WithTags("Notes").Needs("notes:read").Lists(ListNotes.OfOne).Describe("List a customer's notes",
            "Those of the customer and of the customer's orders, those written last first.");
        api.MapGet("/companies/{company_id}/notes", ListNotes.OfCompany).WithName("ListCompanyNotes").WithTags("Notes").Needs("notes:read").Lists(ListNotes.OfOne).Describe("List a company's notes",
            "Those of the company itself, not of its people; those written last first.");
        api.MapGet("/orders/{order_id}/notes", ListNotes.OfOrder).WithName("ListOrderNotes").WithTags("Notes").Needs("notes:read").Lists(ListNotes.OfOne).Describe("List an order's notes",
            "What was written down of this order, those written last first.");
    }

    internal static Task<Note> Show([FromRoute(Name = "note_id")] Id<Note> noteId, TenantDb db, CancellationToken ct) => Note.FindAsync(noteId, db, ct);
}
