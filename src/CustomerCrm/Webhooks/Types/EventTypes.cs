namespace CustomerCrm.Webhooks.Types;

/// <summary>Every event there is. A feature that records a new one adds its line to one of the lists beside this; a test compares them with the code.</summary>
internal static class EventTypes
{
    public const string Test = "webhook.test";

    /// <summary>By their names.</summary>
    public static IReadOnlyList<EventType> All { get; } =
        [.. EventsOfCustomers.All.Concat(EventsOfSales.All).Concat(EventsOfMessages.All).Concat(EventsOfService.All).Concat(EventsOfTenant.All).OrderBy(type => type.Name, StringComparer.Ordinal)];

    private static readonly Dictionary<string, EventType> byName = All.ToDictionary(type => type.Name);

    public static EventType? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>What a plain test carries.</summary>
    internal sealed record TestData
    {
        public string Message { get; init; } = "It works.";
    }
}
