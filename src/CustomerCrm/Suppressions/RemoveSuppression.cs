using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Suppressions;

/// <summary>POST /v1/suppressions/{suppression_id}/removal: messages may go there again, and somebody says why.</summary>
public static class RemoveSuppression
{
    public sealed record Request
    {
        /// <summary>Why; the event <c>suppression.removed</c> tells it.</summary>
        /// <example>The customer called: the mailbox works again.</example>
        [StringLength(500, MinimumLength = 1)] public required string Reason { get; init; }
    }

    internal static async Task<NoContent> Handle([FromRoute(Name = "suppression_id")] Id<Suppression> suppressionId, Request request, TenantDb db, SuppressionWriter writer, CancellationToken ct)
    {
        var there = await Suppression.FindAsync(suppressionId, db, ct);
        if (!await writer.RemoveAsync(there, request.Reason, ct)) throw ApiProblem.NotFound("suppression");
        return TypedResults.NoContent();
    }
}
