namespace CustomerCrm.Reports.Metrics;

/// <summary>What each metric counts, in words.</summary>
internal static class MetricDefinitions
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["volume"] = "Tickets opened in these days; one that went into another is counted there alone.",
        ["first_response"] = "From when the customer began to wait to the first public answer of a person, of the answers given in these days. What bots and the program say does not end the wait.",
        ["next_response"] = "From the customer's first unanswered message to the next public answer of a person, after the first one, of the answers given in these days.",
        ["resolution"] = "From when a ticket was opened to when it was last solved, of those that were solved in these days and still are.",
        ["handle"] = "What an agent spent on a ticket, estimated from its public answers: the time since the agent's answer before, on whichever ticket, if that was at most 30 minutes ago; else 5 minutes. Of tickets solved in these days that a person answered.",
        ["resolution_rate"] = "Of the tickets opened in these days, those that are solved by now.",
        ["one_touch_rate"] = "Of the tickets solved in these days, those that took one public answer of a person, and were never opened again.",
        ["reopen_rate"] = "Of the tickets solved in these days, those that had been solved before and were opened again.",
        ["automation_rate"] = "Of the tickets solved in these days, those that no person answered.",
        ["preemptive_rate"] = "Of the tickets solved in these days, those that the tenant began and whose customer never had to write.",
        ["sla_first_response"] = "Of the promises of a first response that came due in these days, those that were kept in time.",
        ["sla_next_response"] = "Of the promises of a next response that came due in these days, those that were kept in time.",
        ["sla_resolution"] = "Of the promises of a resolution that came due in these days, those that were kept in time.",
        ["backlog"] = "Tickets that were not solved at the end of these days, and how long they had been open by then.",
        ["cost_per_contact"] = "What an hour of an agent costs, times the estimated time spent on tickets solved in these days, for each of these tickets.",
        ["bot_resolution"] = "Of the talks with bots begun in these days that have ended, those that the bot resolved.",
        ["deflection"] = "Of the contact forms begun in these days for which articles were suggested, those whose visitor said that an article answered it. Who just left counts as not answered.",
        ["journey"] = "From a customer's first message to their first order, of customers who wrote first and placed their first order in these days; of at most 20,000 orders.",
    };

    /// <summary>They count talks, forms and orders, which filters of tickets say nothing of.</summary>
    public static readonly IReadOnlyList<string> NotOfTickets = ["bot_resolution", "deflection", "journey"];

    public static string Of(string key) => All[key];
}
