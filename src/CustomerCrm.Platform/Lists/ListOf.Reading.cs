using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Lists;

/// <summary>How a page is read.</summary>
public sealed partial class ListOf<T>
{
    /// <exception cref="ApiProblem">400: a limit, order, filter or cursor that this list does not have.</exception>
    public async Task<Page<T>> ReadAsync(ListQuery query, TenantDb db, object? args, CancellationToken ct)
    {
        var services = query.Http.RequestServices;
        var cursors = services.GetRequiredService<Cursors>();
        var tenantId = services.GetRequiredService<CurrentTenant>().Id;

        var (limit, sort) = (query.Limit, query.Sort ?? defaultSort);
        var isDescending = sort.StartsWith('-');
        var (order, sortedBy) = await OrderOfAsync(sort, services, ct);
        var sent = query.Filters.ToArray();
        if (sent.Length > ListQuery.MaxFilters) throw ApiProblem.BadQuery("filter", "too_many", $"At most {ListQuery.MaxFilters} filters.");
        var asked = new List<Asked>(sent.Length);
        foreach (var (name, value) in sent)
            asked.Add(filters.TryGetValue(name, out var filter) ? filter.Ask(name, value) : await own!.AskAsync(name, value, services, ct));

        var scope = CursorScope.Of(query.Http.Request.Path, sort, query.Http.Request.Query);
        var place = query.Cursor is { } text ? await cursors.ReadAsync(text, tenantId, scope, ct) : null;
        var rows = sortedBy is null
            ? await ReadAsync(asked, order, isDescending, place, limit + 1, db, args, ct)
            : await ReadByValueAsync(asked, sortedBy, order, isDescending, place, limit + 1, db, args, ct);
        if (rows.Count <= limit || query.IsTrial) return new Page<T> { Data = rows, HasMore = false, NextCursor = null };

        var shown = rows.Take(limit).ToArray();
        var next = await cursors.WriteAsync(order.Value(shown[^1]), id(shown[^1]), tenantId, scope, ct);
        return new Page<T> { Data = shown, HasMore = true, NextCursor = next, NextLink = LinkTo(query.Http.Request, next, services) };
    }

    private async Task<IReadOnlyList<T>> ReadAsync(
        IReadOnlyList<Asked> asked, Order order, bool isDescending, Cursors.Place? place, int take, TenantDb db, object? args, CancellationToken ct)
    {
        var sql = await NarrowAsync(asked, db, ct);
        if (place is not null) sql = sql.And(Behind(order, isDescending, order.Read(place.Value), place.Id));
        return await db.QueryTopAsync<T>(InOrder(sql, order, isDescending), take, args, ct);
    }

    // First the rows that have a value, in the order of the values' index; behind them those that have none.
    private async Task<IReadOnlyList<T>> ReadByValueAsync(
        IReadOnlyList<Asked> asked, OwnField<T> field, Order order, bool isDescending, Cursors.Place? place, int take, TenantDb db, object? args, CancellationToken ct)
    {
        var rows = new List<T>();
        var key = place is null ? null : order.Read(place.Value);
        if (place is null || key is not null)
        {
            var having = Ask(Also(own!.Fields.ByValue.And(field.IsWithin(ValueRange.All))), asked);
            if (place is not null) having = having.And(Behind(order, isDescending, key, place.Id));
            rows.AddRange(await db.QueryTopAsync<T>(InOrder(having, order, isDescending), take, args, ct));
        }
        if (rows.Count == take) return rows;

        var without = Ask(matching.And(field.HasWithin(ValueRange.All).Not()), asked);
        if (place is not null && key is null)
        {
            var text = $"{idColumn} {(isDescending ? "<" : ">")} {{0}}";
            without = without.And(Condition.Written(text, text, place.Id));
        }
        rows.AddRange(await db.QueryTopAsync<T>(without.Append($"ORDER BY {idColumn}{(isDescending ? " DESC" : "")}"), take - rows.Count, args, ct));
        return rows;
    }

    private async ValueTask<(Order Order, OwnField<T>? Field)> OrderOfAsync(string sort, IServiceProvider services, CancellationToken ct)
    {
        var name = sort.StartsWith('-') ? sort[1..] : sort;
        if (orders.TryGetValue(name, out var order)) return (order, null);
        if (own is not null && name.StartsWith($"{OwnPrefix}.", StringComparison.Ordinal) && await own.Fields.FindAsync(name[(OwnPrefix!.Length + 1)..], services, ct) is { } field)
            return (own.OrderOf(field), field);
        throw ApiProblem.BadQuery("sort", "unknown_sort", $"One of: {string.Join(", ", orders.Keys)}{(own is null ? "" : $", or {OwnPrefix}. and the name of a field")}; with a minus for the other direction.");
    }

    private static string LinkTo(HttpRequest request, string cursor, IServiceProvider services)
    {
        var others = request.Query.Where(q => q.Key != "cursor").Select(q => KeyValuePair.Create(q.Key, (string?)q.Value.ToString()));
        var query = QueryString.Create(others.Append(KeyValuePair.Create("cursor", (string?)cursor)));
        return services.GetRequiredService<IOptions<PublicOptions>>().Value.BaseUrl + request.Path + query;
    }
}
