using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Webhooks;

/// <summary>The kind of id that webhooks have.</summary>
public sealed record Webhook : IHasId
{
    public static string Prefix => "whk";
}

/// <summary>The kind of id that deliveries have: one event to one webhook.</summary>
public sealed record Delivery : IHasId
{
    public static string Prefix => "dlv";
}

/// <summary>How much of an event a webhook is sent.</summary>
public enum PayloadKind
{
    /// <summary>The resource as the API showed it, as long as it is small enough.</summary>
    Full = 1,

    /// <summary>Ids only.</summary>
    Thin = 2,
}

/// <summary>Whether a webhook is told of events.</summary>
public enum WebhookStatus
{
    Enabled = 1,

    /// <summary>Nothing is sent. What would have been is held, except where the endpoint itself said that it is gone.</summary>
    Disabled = 2,
}

/// <summary>Why a webhook is disabled.</summary>
public enum DisabledReason
{
    /// <summary>Somebody asked for it.</summary>
    ByRequest = 1,

    /// <summary>The endpoint answered 410.</summary>
    Gone = 2,

    /// <summary>For five days every attempt failed.</summary>
    Failing = 3,
}

/// <summary>Where a delivery is.</summary>
public enum DeliveryStatus
{
    /// <summary>Waits for its first attempt or the next one, or is under way.</summary>
    Pending = 1,

    /// <summary>The endpoint answered 2xx.</summary>
    Delivered = 2,

    /// <summary>Every attempt of the schedule failed.</summary>
    Exhausted = 3,

    /// <summary>Not sent because the webhook is disabled; it can be replayed.</summary>
    Held = 4,
}
