namespace CustomerCrm.Webhooks.Types;

/// <summary>GET /webhooks/event_types</summary>
public static class ListEventTypes
{
    /// <summary>All events there are.</summary>
    public sealed record Known
    {
        /// <summary>In the order of their names. There will be more.</summary>
        public required IReadOnlyList<Entry> Data { get; init; }
    }

    /// <summary>What can happen.</summary>
    public sealed record Entry
    {
        /// <summary><c>resource.action</c>, in the past tense.</summary>
        /// <example>order.paid</example>
        public required string Type { get; init; }

        /// <summary>What has happened then.</summary>
        /// <example>An order was paid.</example>
        public required string Description { get; init; }
    }

    internal static Known Handle() => new() { Data = [.. EventTypes.All.Where(t => t.Name != EventTypes.Test).Select(t => new Entry { Type = t.Name, Description = t.Description })] };
}
