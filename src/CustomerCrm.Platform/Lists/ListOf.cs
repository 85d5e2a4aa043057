using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Platform.Lists;

/// <summary>
/// A list that can be filtered, ordered and paged by key: each page begins behind the last row of the one before, so
/// rows that come and go meanwhile are neither skipped nor repeated, and the millionth page costs what the first did.
/// </summary>
public sealed partial class ListOf<T> : IListDefinition
{
    private readonly TenantSql matching;
    private readonly string idColumn;
    private readonly Func<T, byte[]> id;
    private readonly Dictionary<string, Order> orders;
    private readonly Dictionary<string, Filter> filters;
    private string defaultSort;
    private Owned? own;
    private Condition[] also = [];

    private ListOf(TenantSql matching, string idColumn, Func<T, byte[]> id, Dictionary<string, Order> orders, Dictionary<string, Filter> filters, string defaultSort) =>
        (this.matching, this.idColumn, this.id, this.orders, this.filters, this.defaultSort) = (matching, idColumn, id, orders, filters, defaultSort);

    /// <param name="matching">A SELECT that ends in its WHERE.</param>
    /// <param name="idColumn">What breaks ties, as the statement calls it: <c>c.Id</c>.</param>
    /// <param name="id">The same, of a row.</param>
    public static ListOf<T> From(TenantSql matching, [ConstantExpected] string idColumn, Func<T, byte[]> id) => new(matching, idColumn, id, [], [], "");

    /// <summary>An order the caller may choose, forward as <paramref name="name"/> and backward with a minus. The first one said is the default.</summary>
    /// <param name="name">Its name on the wire.</param>
    /// <param name="column">The column; it must not be null in any row.</param>
    /// <param name="value">The same, of a row.</param>
    /// <param name="isDescending">Whether it is the newest or largest first that people want.</param>
    public ListOf<T> SortedBy<TValue>(string name, [ConstantExpected] string column, Func<T, TValue> value, bool isDescending = false)
    {
        if (defaultSort.Length == 0) defaultSort = isDescending ? $"-{name}" : name;
        orders.Add(name, new Order(column, idColumn, row => value(row), json => json.Deserialize<TValue>(StrictJson.Options)));
        return this;
    }

    /// <summary>A column the caller may filter by.</summary>
    public ListOf<T> FilteredBy(string field, [ConstantExpected] string column, FilterType type, Operators operators)
    {
        foreach (var op in ListOperator.Of(operators))
            filters.Add($"filter[{field}][{op.Name}]", new Filter(field, op.Name, type, op.TakesMany, values => op.Condition(column, values), $"Only rows whose {field} {op.Means}."));
        return this;
    }

    /// <summary>A column that has some values rarely: where few rows have the value, the list begins with them; else each row is asked, in the order that was chosen.</summary>
    public ListOf<T> FilteredBy(string field, [ConstantExpected] string column, FilterType type, Operators operators, ListStart start)
    {
        foreach (var op in ListOperator.Of(operators))
            filters.Add($"filter[{field}][{op.Name}]", new Filter(field, op.Name, type, op.TakesMany, values => op.Condition(column, values).OfRowsFoundOtherwise(column), $"Only rows whose {field} {op.Means}.") { Start = start });
        return this;
    }

    /// <summary>A question of the feature's own.</summary>
    public ListOf<T> FilteredBy(string field, string op, FilterType type, string description, Func<object, Condition> condition)
    {
        filters.Add($"filter[{field}][{op}]", new Filter(field, op, type, TakesMany: false, values => condition(values[0]), description));
        return this;
    }

    /// <summary>A question of the feature's own that may be asked for several values, and that few rows may answer: where they are few, the list begins with them.</summary>
    public ListOf<T> FilteredBy(string field, string op, FilterType type, bool takesMany, string description, Func<object[], Condition> condition, ListStart start)
    {
        filters.Add($"filter[{field}][{op}]", new Filter(field, op, type, takesMany, condition, description) { Start = start });
        return this;
    }

    /// <summary>The same list with fewer rows: for a question that takes more than a filter's value to answer.</summary>
    public ListOf<T> Where(Condition condition) => new(matching.And(condition), idColumn, id, orders, filters, defaultSort) { own = own, also = [.. also, condition] };

    /// <summary>Filters and orders that tenants make themselves.</summary>
    public ListOf<T> WithOwn(OwnFields<T> fields)
    {
        own = new Owned(fields);
        return this;
    }

    public Type RowType => typeof(T);

    public string? OwnPrefix => own?.Fields.Prefix;

    public IReadOnlyList<string> Sorts => [.. orders.Keys];

    public IReadOnlyList<ListFilter> Filters => [.. filters.Values.Select(f => new ListFilter(f.Field, f.Operator, f.TakesMany, f.Type))];

    public IReadOnlyList<ListParameter> Parameters =>
    [
        new("limit", $"How many rows, 1 to {ListQuery.MaxLimit}.", FilterType.Integer with { Format = "int32", Example = "25" }),
        new("cursor", "The `next_cursor` of the page before.", FilterType.Text(2000, "eyJ2IjoxfQ")),
        new("sort", $"The order; a minus turns it round. The default is `{defaultSort}`.{(own is null ? "" : $" Also by `{OwnPrefix}.` and the name of a field: rows without a value come last.")}",
            new FilterType("string", null, defaultSort, t => t)
            {
                Values = own is null ? [.. orders.Keys.SelectMany(name => new[] { name, $"-{name}" })] : null,
                Pattern = own is null ? null : $"^-?({string.Join('|', orders.Keys)}|{OwnPrefix}\\.[a-z0-9_]{{1,50}})$",
            }),
        .. filters.Select(f => new ListParameter(f.Key, f.Value.Description, f.Value.TakesMany ? FilterType.Text(4000, f.Value.Type.Example) : f.Value.Type)),
    ];

    IEnumerable<(string Name, TenantSql Sql)> IListDefinition.EveryStatement() =>
    [
        .. filters.Select(f => (f.Key, matching.And(f.Value.ToCondition(f.Key, f.Value.Type.Example)))),
        .. orders.Select(o => (o.Key, InOrder(matching.And(Behind(o.Value, isDescending: false, null, [])), o.Value, isDescending: false))),
        .. filters.Where(f => f.Value.Start is not null).Select(f => ($"{f.Key} rows", LastOfFew(f.Value.Start!.Rows.And(f.Value.Start.IsAmong(f.Value.Type.Read(f.Value.Type.Example)!))))),
        .. filters.Where(f => f.Value.Start is not null).Select(f => ($"{f.Key} few", f.Value.Start!.ByRows.And(f.Value.Start.IsAmong(f.Value.Type.Read(f.Value.Type.Example)!)))),
        .. own?.EveryStatement(matching) ?? [],
    ];

    /// <summary>The first rows in the default order, without pages: a part of a larger view.</summary>
    public Task<IReadOnlyList<T>> FirstAsync(TenantDb db, int take, object? args, CancellationToken ct) =>
        db.QueryTopAsync<T>(InOrder(matching, orders[defaultSort.TrimStart('-')], defaultSort.StartsWith('-')), take, args, ct);

    private static TenantSql InOrder(TenantSql sql, Order order, bool isDescending)
    {
        var direction = isDescending ? " DESC" : "";
        return sql.Append($"ORDER BY {order.Column}{direction}, {order.IdColumn}{direction}");
    }

    // The first line is implied by the second; it is what lets the index begin in the right place.
    private static Condition Behind(Order order, bool isDescending, object? value, byte[] last)
    {
        var (column, than) = (order.Column, isDescending ? "<" : ">");
        var text = $"{column} {than}= {{0}} AND ({column} {than} {{0}} OR ({column} = {{0}} AND {order.IdColumn} {than} {{1}}))";
        return Condition.Written(text, text, value, last);
    }

    private sealed record Order(string Column, string IdColumn, Func<T, object?> Value, Func<JsonElement, object?> Read);

    private sealed record Filter(string Field, string Operator, FilterType Type, bool TakesMany, Func<object[], Condition> Condition, string Description)
    {
        public ListStart? Start { get; init; }

        public Condition ToCondition(string name, string sent) => Condition(Type.ReadAll(name, sent, TakesMany));

        public Asked Ask(string name, string sent)
        {
            var values = Type.ReadAll(name, sent, TakesMany);
            if (Start is null || (values.Length > 1 && !Start.HasOneEach)) return new Asked(Condition(values), null);
            var among = Data.Condition.Any(values.Select(Start.IsAmong));
            return new Asked(Condition(values), new Beginning(Start.Rows.And(among), Start.ByRows.And(among)));
        }
    }
}
