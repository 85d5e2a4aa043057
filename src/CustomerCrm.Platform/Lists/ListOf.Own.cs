using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.Lists;

/// <summary>What a list makes of the fields that are its tenant's own.</summary>
public sealed partial class ListOf<T>
{
    private sealed record Asked(OwnField<T> Field, ValueRanges Ranges);

    /// <param name="Fields">Which there are and how they are asked.</param>
    /// <param name="ByValue">The list's rows, begun at their values.</param>
    private sealed record Owned(OwnFields<T> Fields, TenantSql ByValue)
    {
        // So many rows are sorted in a hundredth of a second or two; and where there are more, the rows in the order that was
        // asked for are full of them, also among a million.
        private const int Few = 5000;

        public static ValueTask<IReadOnlyList<Asked>> NothingAsked => new([]);

        public Order OrderOf(OwnField<T> field) => new("v.ValueKey", Fields.RowColumn, row => field.KeyOf(row),
            json => json.ValueKind == System.Text.Json.JsonValueKind.Null ? null : json.GetBytesFromBase64());

        public static TenantSql Ask(TenantSql sql, IEnumerable<Asked> asked) => asked.Aggregate(sql, (narrowed, one) => narrowed.And(one.Ranges.ToCondition(one.Field.HasWithin)));

        /// <summary>Begins at the values where these are few, and asks each row where they are many: so neither reads a million.</summary>
        public async Task<TenantSql> NarrowAsync(TenantSql matching, IReadOnlyList<Asked> asked, TenantDb db, CancellationToken ct)
        {
            foreach (var one in asked)
            {
                if (one.Ranges is not { Any: [var range], IsNegated: false }) continue;
                var found = await db.QueryTopAsync<int>(Fields.Values.And(one.Field.IsWithin(range)).Then("ORDER BY v.ValueKey"), Few, null, ct);
                if (found.Count < Few) return Ask(ByValue.And(one.Field.IsWithin(range)), asked.Except([one]));
            }
            return Ask(matching, asked);
        }

        /// <exception cref="ApiProblem">400: no such field, operator or value.</exception>
        public async ValueTask<IReadOnlyList<Asked>> AskedAsync(IEnumerable<(string Name, string Value)> sent, IServiceProvider services, CancellationToken ct)
        {
            var asked = new List<Asked>();
            foreach (var (name, value) in sent)
            {
                if (name.Split('[', ']') is not [_, var path, _, var op, ""] || !path.StartsWith($"{Fields.Prefix}.", StringComparison.Ordinal)
                    || await Fields.FindAsync(path[(Fields.Prefix.Length + 1)..], services, ct) is not { } field)
                    throw ApiProblem.BadQuery(name, "unknown_field", "There is no such field.");
                if (!field.Operators.TryGetValue(op, out var asks))
                    throw ApiProblem.BadQuery(name, "unknown_operator", $"This field can be asked: {string.Join(", ", field.Operators.Keys)}.");
                asked.Add(new Asked(field, asks.Ranges(asks.Type.ReadAll(name, value, asks.TakesMany))));
            }
            return asked;
        }

        public IEnumerable<(string Name, TenantSql Sql)> EveryStatement(TenantSql matching)
        {
            var (field, order) = (Fields.Example, OrderOf(Fields.Example));
            return
            [
                ($"{Fields.Prefix} values", Fields.Values.And(field.IsWithin(ValueRange.All)).Then("ORDER BY v.ValueKey")),
                ($"{Fields.Prefix} few", ByValue.And(field.IsWithin(ValueRange.All)).And(field.HasWithin(ValueRange.All))),
                ($"{Fields.Prefix} many", matching.And(field.HasWithin(ValueRange.All)).And(field.HasWithin(ValueRange.All).Not())),
                ($"{Fields.Prefix} in order", InOrder(ByValue.And(field.IsWithin(ValueRange.All)).And(Behind(order, isDescending: false, null, [])), order, isDescending: false)),
            ];
        }
    }
}
