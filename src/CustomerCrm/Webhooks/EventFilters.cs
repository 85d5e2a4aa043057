using System.Text.RegularExpressions;
using CustomerCrm.Platform.Events;

namespace CustomerCrm.Webhooks;

/// <summary>Which events a webhook hears: names (<c>order.paid</c>), all of a resource (<c>order.*</c>), or everything (<c>*</c>).</summary>
internal static partial class EventFilters
{
    public static bool Hear(IReadOnlyList<string> filters, string type) => filters.Any(filter => EventNames.IsMeant(filter, type));

    /// <summary>What is wrong with a filter; null if nothing is.</summary>
    /// <returns><c>event_filter_invalid</c>: not of the form. <c>unknown_event_type</c>: nothing is called so.</returns>
    public static string? WhyNot(string filter, IEnumerable<string> known) =>
        !Form().IsMatch(filter) ? "event_filter_invalid" : known.Any(type => EventNames.IsMeant(filter, type)) ? null : "unknown_event_type";

    [GeneratedRegex(@"^(\*|[a-z][a-z_]{0,48}\.(\*|[a-z][a-z_]{0,48}))$")]
    private static partial Regex Form();
}
