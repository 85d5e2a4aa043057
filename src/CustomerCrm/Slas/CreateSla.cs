using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Slas;

/// <summary>POST /slas</summary>
public static class CreateSla
{
    // Each is asked of every ticket until one holds.
    internal const int MostSlas = 50;

    public sealed record Request
    {
        /// <example>Best customers</example>
        [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }

        [StringLength(1000)] public string? Description { get; init; }

        /// <summary>The first in this order whose condition holds is the ticket's.</summary>
        [Range(0, 1_000_000)] public int Position { get; init; } = 100;

        public bool IsEnabled { get; init; } = true;

        public required SlaDefinition Definition { get; init; }
    }

    internal static async Task<Created<SlaPolicy>> Handle(Request request, TenantDb db, SlaWriter writer, CancellationToken ct)
    {
        if (await db.FindAsync<int>(CountAll, null, ct) >= MostSlas) throw ApiProblem.Conflict("too_many_slas", $"There are at most {MostSlas} SLAs. Delete one first.");
        var policy = await writer.AddAsync(request, ct);
        return TypedResults.Created($"/v1/slas/{policy.Id}", policy);
    }

    private static readonly TenantSql CountAll = TenantSql.CountHeld("SlaPolicies");
}
