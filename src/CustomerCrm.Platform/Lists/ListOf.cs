using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Lists;

/// <summary>
/// A list that can be filtered, ordered and paged by key: each page begins behind the last row of the one before, so
/// rows that come and go meanwhile are neither skipped nor repeated, and the millionth page costs what the first did.
/// </summary>
public sealed class ListOf<T> : IListDefinition
{
    private readonly TenantSql matching;
    private readonly string idColumn;
    private readonly Func<T, byte[]> id;
    private readonly Dictionary<string, Order> orders;
    private readonly Dictionary<string, Filter> filters;
    private string defaultSort;

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
        orders.Add(name, new Order(column, row => value(row), json => json.Deserialize<TValue>(StrictJson.Options)));
        return this;
    }

    /// <summary>A column the caller may filter by.</summary>
    public ListOf<T> FilteredBy(string field, [ConstantExpected] string column, FilterType type, Operators operators)
    {
        foreach (var op in ListOperator.Of(operators))
            filters.Add($"filter[{field}][{op.Name}]", new Filter(type, op.TakesMany, values => op.Condition(column, values), $"Only rows whose {field} {op.Means}."));
        return this;
    }

    /// <summary>A question of the feature's own.</summary>
    public ListOf<T> FilteredBy(string field, string op, FilterType type, string description, Func<object, Condition> condition)
    {
        filters.Add($"filter[{field}][{op}]", new Filter(type, TakesMany: false, values => condition(values[0]), description));
        return this;
    }

    /// <summary>The same list with fewer rows: for a question that takes more than a filter's value to answer.</summary>
    public ListOf<T> Where(Condition condition) => new(matching.And(condition), idColumn, id, orders, filters, defaultSort);

    public IReadOnlyList<ListParameter> Parameters =>
    [
        new("limit", $"How many rows, 1 to {ListQuery.MaxLimit}.", FilterType.Integer with { Format = "int32", Example = "25" }),
        new("cursor", "The `next_cursor` of the page before.", FilterType.Text(2000, "eyJ2IjoxfQ")),
        new("sort", $"The order; a minus turns it round. The default is `{defaultSort}`.",
            new FilterType("string", null, defaultSort, t => t) { Values = [.. orders.Keys.SelectMany(name => new[] { name, $"-{name}" })] }),
        .. filters.Select(f => new ListParameter(f.Key, f.Value.Description, f.Value.TakesMany ? FilterType.Text(4000, f.Value.Type.Example) : f.Value.Type)),
    ];

    IEnumerable<(string Name, TenantSql Sql)> IListDefinition.EveryStatement() =>
    [
        .. filters.Select(f => (f.Key, matching.And(f.Value.ToCondition(f.Key, f.Value.Type.Example)))),
        .. orders.Select(o => (o.Key, matching.And(Behind(o.Value, isDescending: false, null, [])).Append($"ORDER BY {o.Value.Column}, {idColumn}"))),
    ];

    /// <exception cref="ApiProblem">400: a limit, order, filter or cursor that this list does not have.</exception>
    public async Task<Page<T>> ReadAsync(ListQuery query, TenantDb db, object? args, CancellationToken ct)
    {
        var services = query.Http.RequestServices;
        var cursors = services.GetRequiredService<Cursors>();
        var tenantId = services.GetRequiredService<CurrentTenant>().Id;

        var (limit, sort) = (query.Limit, query.Sort ?? defaultSort);
        var isDescending = sort.StartsWith('-');
        if (!orders.TryGetValue(sort.TrimStart('-'), out var order) || sort.StartsWith("--", StringComparison.Ordinal))
            throw ApiProblem.BadQuery("sort", "unknown_sort", $"One of: {string.Join(", ", orders.Keys)}; with a minus for the other direction.");

        var sent = query.Filters.ToArray();
        if (sent.Length > ListQuery.MaxFilters) throw ApiProblem.BadQuery("filter", "too_many", $"At most {ListQuery.MaxFilters} filters.");
        var sql = sent.Aggregate(matching, (narrowed, f) => narrowed.And(filters[f.Name].ToCondition(f.Name, f.Value)));

        var scope = CursorScope.Of(query.Http.Request.Path, sort, query.Http.Request.Query);
        if (query.Cursor is { } text)
        {
            var at = await cursors.ReadAsync(text, tenantId, scope, ct);
            sql = sql.And(Behind(order, isDescending, order.Read(at.Value), at.Id));
        }
        var rows = await db.QueryTopAsync<T>(InOrder(sql, order, isDescending), limit + 1, args, ct);
        if (rows.Count <= limit) return new Page<T> { Data = rows, HasMore = false, NextCursor = null };

        var shown = rows.Take(limit).ToArray();
        var next = await cursors.WriteAsync(order.Value(shown[^1]), id(shown[^1]), tenantId, scope, ct);
        return new Page<T> { Data = shown, HasMore = true, NextCursor = next, NextLink = LinkTo(query.Http.Request, next, services) };
    }

    /// <summary>The first rows in the default order, without pages: a part of a larger view.</summary>
    public Task<IReadOnlyList<T>> FirstAsync(TenantDb db, int take, object? args, CancellationToken ct) =>
        db.QueryTopAsync<T>(InOrder(matching, orders[defaultSort.TrimStart('-')], defaultSort.StartsWith('-')), take, args, ct);

    private TenantSql InOrder(TenantSql sql, Order order, bool isDescending)
    {
        var direction = isDescending ? " DESC" : "";
        return sql.Append($"ORDER BY {order.Column}{direction}, {idColumn}{direction}");
    }

    // The first line is implied by the second; it is what lets the index begin in the right place.
    private Condition Behind(Order order, bool isDescending, object? value, byte[] last)
    {
        var (column, than) = (order.Column, isDescending ? "<" : ">");
        var text = $"{column} {than}= {{0}} AND ({column} {than} {{0}} OR ({column} = {{0}} AND {idColumn} {than} {{1}}))";
        return Condition.Written(text, text, value, last);
    }

    private static string LinkTo(HttpRequest request, string cursor, IServiceProvider services)
    {
        var others = request.Query.Where(q => q.Key != "cursor").Select(q => KeyValuePair.Create(q.Key, (string?)q.Value.ToString()));
        var query = QueryString.Create(others.Append(KeyValuePair.Create("cursor", (string?)cursor)));
        return services.GetRequiredService<IOptions<PublicOptions>>().Value.BaseUrl + request.Path + query;
    }

    private sealed record Order(string Column, Func<T, object?> Value, Func<JsonElement, object?> Read);

    private sealed record Filter(FilterType Type, bool TakesMany, Func<object[], Condition> Condition, string Description)
    {
        public Condition ToCondition(string name, string sent)
        {
            var parts = TakesMany ? sent.Split(',') : [sent];
            if (parts.Length > 100) throw ApiProblem.BadQuery(name, "too_many", "At most 100 values.");
            return Condition(Array.ConvertAll(parts, part => Type.Read(part)
                ?? throw ApiProblem.BadQuery(name, "value_invalid", Type.Values is { } values ? $"One of: {string.Join(", ", values)}." : $"Not a value of this filter. An example: {Type.Example}")));
        }
    }
}
