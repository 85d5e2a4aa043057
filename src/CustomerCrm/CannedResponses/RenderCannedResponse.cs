using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Templates.Fields;
using CustomerCrm.Tickets;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.CannedResponses;

/// <summary>POST /canned_responses/{canned_response_id}/render: what an agent would send, to be looked at and changed before it is. GET /canned_responses/fields</summary>
public static class RenderCannedResponse
{
    public sealed record Request
    {
        /// <summary>For which ticket.</summary>
        public required Id<Ticket> TicketId { get; init; }
    }

    public sealed record Answer
    {
        /// <summary>With every field filled.</summary>
        /// <example>Hello Ada, ticket 1042 is being looked at. Yours, Grace Hopper</example>
        public required string Text { get; init; }
    }

    /// <summary>The fields that there are.</summary>
    public sealed record Fields
    {
        [MaxLength(200)] public required IReadOnlyList<MergeField> Data { get; init; }
    }

    internal static Fields ListFields() => new() { Data = [.. TicketMerge.All] };

    internal static async Task<Answer> Handle([FromRoute(Name = "canned_response_id")] Id<CannedResponse> responseId, Request request, CannedResponseBook book, TicketMerge merge, TenantDb db, CancellationToken ct)
    {
        var response = await book.FindAsync(responseId, ct);
        var ticket = (await db.QueryAsync<Ticket>(Ticket.Matching.And(Condition.Of("t.Id = {0}", request.TicketId)), null, ct)).SingleOrDefault()
            ?? throw ApiProblem.Invalid("/ticket_id", "unknown_ticket", "There is no such ticket.");
        return new Answer { Text = await merge.WriteAsync(response.Body, response.Defaults, ticket, ct) };
    }
}
