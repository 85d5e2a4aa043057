using System.Reflection;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CustomerCrm.Platform.Lists;

/// <summary>What the caller asked of a list, as it stands in the address.</summary>
public sealed class ListQuery
{
    public const int DefaultLimit = 25, MaxLimit = 100, MaxFilters = 20;

    private readonly int? fixedLimit;

    /// <summary>Only asked whether it can be asked: there is no next page.</summary>
    internal bool IsTrial { get; private init; }

    private ListQuery(HttpContext http, int? fixedLimit = null) => (Http, this.fixedLimit) = (http, fixedLimit);

    /// <summary>What is asked without a request.</summary>
    internal static ListQuery Of(string query, string cursor, int limit, IServiceProvider services, bool isTrial = false)
    {
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.QueryString = new QueryString(query.Length == 0 ? null : $"?{query}");
        if (cursor.Length > 0) http.Request.QueryString = http.Request.QueryString.Add("cursor", cursor);
        return new ListQuery(http, limit) { IsTrial = isTrial };
    }

    internal HttpContext Http { get; }

    internal int Limit => fixedLimit is { } all ? all : Http.Request.Query["limit"] is { Count: > 0 } sent
        ? int.TryParse(sent, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit
            ? limit
            : throw ApiProblem.BadQuery("limit", "out_of_range", $"A whole number from 1 to {MaxLimit}.")
        : DefaultLimit;

    internal string? Sort => One("sort") ?? (Stored.TryGetValue("sort", out var sort) ? sort.ToString() : null);

    internal string? Cursor => One("cursor");

    /// <summary>The same, with what is kept under a name: its filters beside those that are sent, and its order where none is.</summary>
    /// <param name="stored">As it would stand in the address.</param>
    public ListQuery Within(string stored) => new(Http, fixedLimit) { IsTrial = IsTrial, Stored = QueryHelpers.ParseQuery(stored) };

    private Dictionary<string, StringValues> Stored { get; init; } = [];

    internal IEnumerable<(string Name, string Value)> Filters =>
        from sent in Http.Request.Query.Concat(Stored.Where(kept => !Http.Request.Query.ContainsKey(kept.Key)))
        where sent.Key.StartsWith("filter[", StringComparison.Ordinal)
        orderby sent.Key
        select (sent.Key, sent.Value.ToString());

    public static ValueTask<ListQuery?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult<ListQuery?>(new ListQuery(context));

    private string? One(string name) => Http.Request.Query[name] is { Count: > 0 } sent ? sent.ToString() : null;
}
