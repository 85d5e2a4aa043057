namespace CustomerCrm.Platform.OpenApi.Asking;

/// <summary>What parameters of these names mean wherever they stand. Others are described at their handler.</summary>
internal static class ParameterTexts
{
    private static readonly Dictionary<string, string> known = new(StringComparer.Ordinal)
    {
        ["limit"] = "How many rows, 1 to 100.",
        ["cursor"] = "The `next_cursor` of the page before.",
        ["after"] = "The `next_cursor` of the page before.",
        ["as_of"] = "The day the figures are made for; orders placed later are left out. Refunds and cancellations of earlier orders count whenever they came, so the figures of a past day can still change.",
        ["fit"] = "The run of the models; without it, the published one.",
        ["from"] = "The first day.",
        ["to"] = "The day behind the last.",
        ["model"] = "Which fitted model answers; without it, the chosen one.",
        ["q"] = "What to search for.",
        ["source"] = "The system that gave the external id.",
        ["external_id"] = "The id in that system.",
        ["event_type"] = "The name of an event: `order.paid`.",
        ["locale"] = "A language, as a BCP 47 tag: `de-AT`.",
        ["article_version"] = "The number of the version.",
        ["bot_version"] = "The number of the version.",
        ["filter[type][eq]"] = "Only events of this type.",
    };

    public static string? Of(string name) => known.TryGetValue(name, out var text) ? text
        : name.EndsWith("_id", StringComparison.Ordinal) ? $"The id of the {name[..^3].Replace('_', ' ')}."
        : null;
}
