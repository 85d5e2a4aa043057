using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Teams;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Macros;

internal static class MacroRoutes
{
    internal static readonly ListOf<Macro> List = ListOf<Macro>.From(Macro.All, "x.Id", macro => macro.Id.ToBytes())
        .SortedBy("name", "x.NameKey", macro => NormalizedName.Of(macro.Name))
        .SortedBy("created_at", "x.CreatedAt", macro => macro.CreatedAt);

    public static IServiceCollection AddMacros(this IServiceCollection services) => services.AddScoped<MacroBook>().AddScoped<MacroSteps>();

    /// <summary>What is done to tickets again and again, in one step.</summary>
    public static void MapMacros(this IEndpointRouteBuilder api)
    {
        var macros = api.MapGroup("/macros").WithTags("Macros");

        macros.MapGet("/", ListMacros).Needs("macros:read").Lists(List).Describe("List macros",
            "By name, unless `sort` says otherwise: those that are shared with everybody, with the caller's teams, and the caller's own. A key sees all but what is somebody's own.");
        macros.MapPost("/", WriteMacro.Create).WithName("CreateMacro").Needs("macros:write").MayAnswer(403, "sharing_not_allowed").MayAnswer(409, "too_many_macros").Describe("Create a macro",
            $"Up to {WriteMacro.MostActions} steps: an answer or a note, with merge fields or from a canned response, and changes of the ticket. 422 names the step and what it speaks of that is not there. At most {MacroBook.MostMacros} macros.");
        macros.MapGet("/{macro_id}", Show).WithName("ShowMacro").Needs("macros:read").Describe("Show a macro",
            "Its steps in their order. Its `ETag` is its revision, for `If-Match`.");
        macros.MapPatch("/{macro_id}", WriteMacro.Update).WithName("ChangeMacro").Needs("macros:write").MayAnswer(403, "sharing_not_allowed").Describe("Change a macro",
            "Absent members stay; `actions` are replaced as a whole.");
        macros.MapDelete("/{macro_id}", WriteMacro.Remove).WithName("RemoveMacro").Needs("macros:write").MayAnswer(403, "sharing_not_allowed").Describe("Delete a macro",
            "What it has done stays done.");
        macros.MapPost("/{macro_id}/preview", ApplyMacro.Preview).WithName("PreviewMacro").ReadsOnly().Needs("macros:read").MayAnswer(409, "canned_response_gone").MayAnswer(409, "person_only").MayAnswer(409, "ticket_closed").Describe("Preview a macro",
            "What each step would do to a ticket: the texts with every field filled, and each field from what to what. Nothing is written or sent.");
        macros.MapPost("/{macro_id}/apply", ApplyMacro.Handle).WithName("ApplyMacro").Needs("tickets:write").MayAnswer(409, "canned_response_gone").MayAnswer(409, "person_only").MayAnswer(409, "ticket_closed").MayAnswer(409, "newer_message").Describe("Apply a macro",
            "All steps to a ticket, or none: what one refuses, refuses all. `steps` says what each has done, and so does the event `macro.applied`. With `last_seen_number` nothing is done if the customer has written since.");
    }

    internal static Task<Page<Macro>> ListMacros(ListQuery query, Sharing sharing, TenantDb db, CancellationToken ct) => List.Where(sharing.Visible()).ReadAsync(query, db, null, ct);

    internal static Task<Macro> Show([FromRoute(Name = "macro_id")] Id<Macro> macroId, MacroBook book, CancellationToken ct) => book.FindAsync(macroId, ct);
}
