using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Teams;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.CannedResponses;

internal static class CannedResponseRoutes
{
    internal static readonly ListOf<CannedResponse> List = ListOf<CannedResponse>.From(CannedResponse.All, "x.Id", response => response.Id.ToBytes())
        .SortedBy("name", "x.NameKey", response => NormalizedName.Of(response.Name))
        .SortedBy("created_at", "x.CreatedAt", response => response.CreatedAt)
        .FilteredBy("name", "starts_with", FilterType.Text(200, "On its"), "Only those whose name begins with this text; case does not count.", name => Condition.Of("SUBSTRING(x.NameKey, 1, {1}) = {0}", NormalizedName.Of((string)name), NormalizedName.Of((string)name).Length))
        .FilteredBy("language", "x.Language", LocaleTag.Filter(35, "de"), Operators.Equal | Operators.In);

    public static IServiceCollection AddCannedResponses(this IServiceCollection services) => services.AddScoped<CannedResponseBook>().AddScoped<TicketMerge>();

    /// <summary>Answers that are written once and given often.</summary>
    public static void MapCannedResponses(this IEndpointRouteBuilder api)
    {
        var responses = api.MapGroup("/canned_responses").WithTags("CannedResponses");

        responses.MapGet("/", ListCannedResponses).Needs("canned_responses:read").Lists(List).Describe("List canned responses",
            "By name, unless `sort` says otherwise: those that are shared with everybody, with the caller's teams, and the caller's own. A key sees all but what is somebody's own.");
        responses.MapPost("/", WriteCannedResponse.Create).WithName("CreateCannedResponse").Needs("canned_responses:write").MayAnswer(403, "sharing_not_allowed").MayAnswer(409, "too_many_canned_responses").Describe("Create a canned response",
            $"Plain text with fields, `{{{{#if}}}}` and `{{{{#unless}}}}` as templates have them. 422 names line and reason of a field that is unknown, or that may be empty and has neither a default nor an `{{{{#if}}}}`. Agents share with their own teams, managers with everybody. At most {CannedResponseBook.MostResponses}.");
        responses.MapGet("/fields", RenderCannedResponse.ListFields).WithName("ListCannedResponseFields").Needs("canned_responses:read").Describe("List the fields of canned responses",
            "All that a canned response or a macro can say, with a sample of each; beside them `customer.custom_fields.` or `ticket.custom_fields.` and the name of a field of your own.");
        responses.MapGet("/{canned_response_id}", Show).WithName("ShowCannedResponse").Needs("canned_responses:read").Describe("Show a canned response",
            "As it was written. Its `ETag` is its revision, for `If-Match`.");
        responses.MapPatch("/{canned_response_id}", WriteCannedResponse.Update).WithName("ChangeCannedResponse").Needs("canned_responses:write").MayAnswer(403, "sharing_not_allowed").Describe("Change a canned response",
            "Absent members stay. What was sent stays as it was sent.");
        responses.MapDelete("/{canned_response_id}", WriteCannedResponse.Remove).WithName("RemoveCannedResponse").Needs("canned_responses:write").MayAnswer(403, "sharing_not_allowed").Describe("Delete a canned response",
            "Macros that answer with it are refused from then on, and say so.");
        responses.MapPost("/{canned_response_id}/render", RenderCannedResponse.Handle).WithName("RenderCannedResponse").ReadsOnly().Needs("canned_responses:read").Describe("Fill a canned response",
            "With the fields of a ticket, its customer and whoever asks. Nothing is sent: it is for an agent to read and change before.");
    }

    internal static Task<Page<CannedResponse>> ListCannedResponses(ListQuery query, Sharing sharing, TenantDb db, CancellationToken ct) => List.Where(sharing.Visible()).ReadAsync(query, db, null, ct);

    internal static Task<CannedResponse> Show([FromRoute(Name = "canned_response_id")] Id<CannedResponse> responseId, CannedResponseBook book, CancellationToken ct) => book.FindAsync(responseId, ct);
}
