using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Imports;

/// <summary>GET /v1/imports/{import_id}/errors: what is wrong with which line. The cell's text is not repeated: whoever mends the file has it.</summary>
public static class ListImportErrors
{
    internal static async Task<Page<Row>> Handle([FromRoute(Name = "import_id")] Id<Import> importId, ListQuery query, ImportStore imports, TenantDb db, CancellationToken ct)
    {
        var import = await imports.FindAsync(importId, ct);
        return await List.ReadAsync(query, db, new { ImportId = importId, Phase = ListImportRows.PhaseOf(import) }, ct);
    }

    /// <summary>One thing that is wrong with a row.</summary>
    public sealed record Row
    {
        /// <summary>The line of the file that the row begins in.</summary>
        public required int Line { get; init; }

        /// <summary>The row, from 1, the header not counted.</summary>
        public required int Number { get; init; }

        /// <summary>The column; null where it is about the row as a whole.</summary>
        [StringLength(200)] public string? Column { get; init; }

        [StringLength(50)] public required string Code { get; init; }
        [StringLength(300)] public required string Detail { get; init; }

        [JsonIgnore] internal int Ordinal { get; init; }
        [JsonIgnore] internal byte[] Tie { get; init; } = [];
    }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT e.Line, e.Number, e.ColumnName AS "Column", e.Code, e.Detail, e.Ordinal, e.ImportId AS Tie
        FROM ImportErrors e
        WHERE e.TenantId = @TenantId
          AND e.ImportId = @ImportId
          AND e.Phase = @Phase
        """);

    // A row has at most twenty errors, so row and error make one number that grows with both.
    internal static readonly ListOf<Row> List = ListOf<Row>.From(Matching, "e.ImportId", row => row.Tie)
        .SortedBy("number", "e.Number * 20 + e.Ordinal", row => (row.Number * 20) + row.Ordinal)
        .FilteredBy("code", "e.Code", FilterType.Text(50, "email_invalid"), Operators.Equal);
}
