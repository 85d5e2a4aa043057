using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.Lists;

/// <summary>What a list makes of the fields that are its tenant's own.</summary>
public sealed partial class ListOf<T>
{
    // So many rows are sorted in a hundredth of a second or two; and where there are more, the rows in the order that was
    // asked for are full of them, also among a million.
    private const int Few = 5000;

    /// <param name="OfRow">What each row is asked.</param>
    /// <param name="Beginning">How the list could begin with those it holds for.</param>
    private sealed record Asked(Condition OfRow, Beginning? Beginning);

    /// <param name="Rows">Finds only which rows, so that one sees how many they are.</param>
    /// <param name="ByRows">The list, begun with them.</param>
    private sealed record Beginning(TenantSql Rows, TenantSql ByRows);

    private TenantSql Also(TenantSql sql) => also.Aggregate(sql, (narrowed, condition) => narrowed.And(condition));

    private static TenantSql Ask(TenantSql sql, IEnumerable<Asked> asked) => asked.Aggregate(sql, (narrowed, one) => narrowed.And(one.OfRow));

    /// <summary>Begins with those for whom a question holds where these are few, and asks each row where they are many: so neither reads a million.</summary>
    private async Task<TenantSql> NarrowAsync(IReadOnlyList<Asked> asked, TenantDb db, CancellationToken ct)
    {
        foreach (var one in asked)
            if (one.Beginning is { } beginning && (await db.QueryAsync<int>(LastOfFew(beginning.Rows), null, ct)).Count == 0)
                return Ask(Also(beginning.ByRows), asked.Where(other => other != one));
        return Ask(matching, asked);
    }

    // The engine counts them; only the last one, if there are so many, comes over. SQL Server skips rows only in an order; SQLite would
    // first sort all that the full text index finds.
    private static TenantSql LastOfFew(TenantSql rows) => rows.Append(
        sqlServer: $"ORDER BY v.TenantId OFFSET {Few - 1} ROWS FETCH NEXT 1 ROWS ONLY",
        sqlite: $"LIMIT 1 OFFSET {Few - 1}");

    /// <param name="Fields">Which there are and how they are asked.</param>
    private sealed record Owned(OwnFields<T> Fields)
    {
        public Order OrderOf(OwnField<T> field) => new("v.ValueKey", Fields.RowColumn, row => field.KeyOf(row),
            json => json.ValueKind == System.Text.Json.JsonValueKind.Null ? null : json.GetBytesFromBase64());

        /// <exception cref="ApiProblem">400: no such field, operator or value.</exception>
        public async ValueTask<Asked> AskAsync(string name, string value, IServiceProvider services, CancellationToken ct)
        {
            if (name.Split('[', ']') is not [_, var path, _, var op, ""] || !path.StartsWith($"{Fields.Prefix}.", StringComparison.Ordinal)
                || await Fields.FindAsync(path[(Fields.Prefix.Length + 1)..], services, ct) is not { } field)
                throw ApiProblem.BadQuery(name, "unknown_field", "There is no such field.");
            if (!field.Operators.TryGetValue(op, out var asks))
                throw ApiProblem.BadQuery(name, "unknown_operator", $"This field can be asked: {string.Join(", ", field.Operators.Keys)}.");
            var ranges = asks.Ranges(asks.Type.ReadAll(name, value, asks.TakesMany));
            return new Asked(ranges.ToCondition(field.HasWithin), ranges is { Any: [var range], IsNegated: false }
                ? new Beginning(Fields.Values.And(field.IsWithin(range)), Fields.ByValue.And(field.IsWithin(range)))
                : null);
        }

        public IEnumerable<(string Name, TenantSql Sql)> EveryStatement(TenantSql matching)
        {
            var (field, order) = (Fields.Example, OrderOf(Fields.Example));
            return
            [
                ($"{Fields.Prefix} values", LastOfFew(Fields.Values.And(field.IsWithin(ValueRange.All)))),
                ($"{Fields.Prefix} few", Fields.ByValue.And(field.IsWithin(ValueRange.All)).And(field.HasWithin(ValueRange.All))),
                ($"{Fields.Prefix} many", matching.And(field.HasWithin(ValueRange.All)).And(field.HasWithin(ValueRange.All).Not())),
                ($"{Fields.Prefix} in order", InOrder(Fields.ByValue.And(field.IsWithin(ValueRange.All)).And(Behind(order, isDescending: false, null, [])), order, isDescending: false)),
            ];
        }
    }
}
