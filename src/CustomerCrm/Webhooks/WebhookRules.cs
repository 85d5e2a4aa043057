using CustomerCrm.Platform.Outbound.Web;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Webhooks.Types;

namespace CustomerCrm.Webhooks;

/// <summary>What a webhook may be told to do.</summary>
internal static class WebhookRules
{
    private const int LongestFilters = 4000;

    /// <exception cref="ApiProblem">422: it may not be called. Where the name leads is judged at each delivery.</exception>
    public static Uri UrlOf(string url, WebTarget targets) => targets.TryRead(url, out var read, out var refusal) ? read : throw ApiProblem.Invalid("/url", refusal, refusal switch
    {
        "https_required" => "Only https is called. (In development: Outbound:AllowInternal.)",
        "user_info_not_allowed" => "A URL with a user name or password is not called.",
        "port_not_allowed" => "Only ports 443 and 8443 are called.",
        "own_host" => "This is the API itself.",
        "internal_address" => "This is an address inside a network. (In development: Outbound:AllowInternal.)",
        _ => "Not an absolute URL.",
    });

    /// <param name="filters">As they were sent.</param>
    /// <param name="pointer">Where they stand in the request.</param>
    /// <returns>The filters as they are stored.</returns>
    /// <exception cref="ApiProblem">422: some hears nothing.</exception>
    public static string FiltersOf(IReadOnlyList<string> filters, string pointer = "/events")
    {
        var wrong = from i in Enumerable.Range(0, filters.Count)
                    let why = EventFilters.WhyNot(filters[i], EventTypes.All.Select(type => type.Name))
                    where why is not null
                    select new FieldError($"{pointer}/{i}", why, why == "unknown_event_type" ? "No event is called so; GET /v1/webhooks/event_types lists them." : "A name like order.paid, order.* or *.");
        if (wrong.ToArray() is { Length: > 0 } errors) throw ApiProblem.Invalid(errors);

        var text = string.Join(' ', filters.Distinct());
        return text.Length <= LongestFilters ? text : throw ApiProblem.Invalid(pointer, "too_long", "Use wildcards: order.* hears all of orders.");
    }
}
