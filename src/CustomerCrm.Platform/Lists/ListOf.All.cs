using System.Runtime.CompilerServices;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.Lists;

/// <summary>All rows, page by page, without a request: for what a job makes of a list.</summary>
public sealed partial class ListOf<T>
{
    private const int AtOnce = 1000;

    /// <param name="query">Filters and order, as they would stand in the address.</param>
    /// <param name="services">Of the job's scope.</param>
    /// <param name="db">Reads page by page, so that no transaction is held for long.</param>
    /// <param name="args">The statement's own parameters.</param>
    /// <param name="ct">Stops between two pages.</param>
    public async IAsyncEnumerable<T> AllAsync(string query, IServiceProvider services, TenantDb db, object? args, [EnumeratorCancellation] CancellationToken ct)
    {
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await ReadAsync(ListQuery.Of(query, cursor, AtOnce, services), db, args, ct);
            foreach (var row in page.Data) yield return row;
            cursor = page.NextCursor;
        }
    }

    /// <summary>Finds out whether the list can be asked so, by asking for its first row.</summary>
    /// <exception cref="ApiProblem">400: an order or filter that it does not have.</exception>
    public async Task TryAsync(string query, IServiceProvider services, TenantDb db, object? args, CancellationToken ct)
    {
        var asked = ListQuery.Of(query, cursor: "", limit: 1, services, isTrial: true);
        var unknown = asked.Http.Request.Query.Keys.FirstOrDefault(name => name is "limit" or "cursor"
            || (Parameters.All(p => p.Name != name) && !(OwnPrefix is { } prefix && name.StartsWith($"filter[{prefix}.", StringComparison.Ordinal))));
        if (unknown is not null) throw ApiProblem.BadQuery(unknown, "unknown_parameter", "This list has no such filter.");
        await ReadAsync(asked, db, args, ct);
    }
}
