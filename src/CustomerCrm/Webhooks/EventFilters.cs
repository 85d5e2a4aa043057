using System.Text.RegularExpressions;

namespace CustomerCrm.Webhooks;

/// <summary>Which events a webhook hears: names (<c>order.paid</c>), all of a resource (<c>order.*</c>), or everything (<c>*</c>).</summary>
internal static partial class EventFilters
{
    public static bool Hear(IReadOnlyList<string> filters, string type) => filters.Any(filter => Hears(filter, type));

    private static bool Hears(string filter, string type) =>
        filter == "*" || filter == type || (filter.EndsWith(".*", StringComparison.Ordinal) && type.StartsWith(filter[..^1], StringComparison.Ordinal));

    /// <summary>What is wrong with a filter; null if nothing is.</summary>
    /// <returns><c>event_filter_invalid</c>: not of the form. <c>unknown_event_type</c>: nothing is called so.</returns>
    public static string? WhyNot(string filter, IEnumerable<string> known) =>
        !Form().IsMatch(filter) ? "event_filter_invalid" : known.Any(type => Hears(filter, type)) ? null : "unknown_event_type";

    [GeneratedRegex(@"^(\*|[a-z][a-z_]{0,48}\.(\*|[a-z][a-z_]{0,48}))$")]
    private static partial Regex Form();
}
