using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Consents;
using CustomerCrm.Customers;
using CustomerCrm.Imports.Running;
using CustomerCrm.Interactions;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Imports;

/// <summary>GET /v1/imports/{import_id}/rows: what would become of each row, or once the run began, what did.</summary>
public static class ListImportRows
{
    internal static async Task<Page<Row>> Handle([FromRoute(Name = "import_id")] Id<Import> importId, ListQuery query, ImportStore imports, TenantDb db, CancellationToken ct)
    {
        var import = await imports.FindAsync(importId, ct);
        var page = await List.ReadAsync(query, db, new { ImportId = importId, Phase = PhaseOf(import) }, ct);
        return page with { Data = [.. page.Data.Select(row => row with { Resource = import.Resource })] };
    }

    internal static ImportPhase PhaseOf(Import import) => import.Run is null ? ImportPhase.DryRun : ImportPhase.Run;

    /// <summary>One row of the file.</summary>
    public sealed record Row
    {
        /// <summary>From 1, the header not counted.</summary>
        public required int Number { get; init; }

        /// <summary>The line of the file that it begins in.</summary>
        public required int Line { get; init; }

        public required ImportPhase Phase { get; init; }
        public required ImportOutcome Outcome { get; init; }

        /// <summary>Why it is skipped (<c>exists</c>, <c>unchanged</c>, <c>line_of_order_above</c>), in conflict (<c>several_customers</c>), or that it <c>repeats_earlier_row</c>.</summary>
        [StringLength(50)] public string? Reason { get; init; }

        /// <summary>Who or what it is about; null for what is not there yet.</summary>
        public string? ResourceId => Raw is null ? null : Resource switch
        {
            ImportResource.Customers => Id<Customer>.FromBytes(Raw).ToString(),
            ImportResource.Interactions => Id<Interaction>.FromBytes(Raw).ToString(),
            ImportResource.Consents => Id<ConsentEntry>.FromBytes(Raw).ToString(),
            _ => Id<Order>.FromBytes(Raw).ToString(),
        };

        /// <summary>Field by field, what it was and what the row makes of it. Of what the run created it names only the tags that it put on, and as <c>customer</c> whom it made along the way: the resource itself says the rest.</summary>
        [MaxLength(1000)] public IReadOnlyList<FieldChange> Changes { get; init; } = [];

        /// <summary>What undo did with it.</summary>
        public UndoneAs? Undone { get; init; }

        [JsonIgnore] internal ImportResource Resource { get; init; }
        [JsonIgnore] internal byte[]? Raw { get; init; }
        [JsonIgnore] internal byte[] Tie { get; init; } = [];
        internal string? ChangesText { init => Changes = value is null ? [] : JsonSerializer.Deserialize<FieldChange[]>(value, StrictJson.Options)!; }
    }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT r.Number, r.Line, r.Phase, r.Outcome, r.Reason, r.ResourceId AS Raw, r.ChangesText, r.UndoneAs AS Undone, r.ImportId AS Tie
        FROM ImportRows r
        WHERE r.TenantId = @TenantId
          AND r.ImportId = @ImportId
          AND r.Phase = @Phase
        """);

    // No two rows of an import have a number in common: what breaks ties only has to be there.
    internal static readonly ListOf<Row> List = ListOf<Row>.From(Matching, "r.ImportId", row => row.Tie)
        .SortedBy("number", "r.Number", row => row.Number)
        .FilteredBy("outcome", "r.Outcome", FilterType.OneOf<ImportOutcome>(), Operators.Equal);
}
