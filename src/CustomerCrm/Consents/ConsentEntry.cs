using CustomerCrm.Consents.OptIns;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Consents;

/// <summary>One line of the ledger: what was said once, by whom, and what proves it. It never changes.</summary>
public sealed record ConsentEntry : IHasId
{
    public static string Prefix => "cse";

    public required Id<ConsentEntry> Id { get; init; }
    public required Id<Customer> CustomerId { get; init; }
    public required MessagePurpose Purpose { get; init; }
    public required MessageChannel Channel { get; init; }

    /// <summary>The name of a topic; null for all topics of the purpose.</summary>
    /// <example>newsletter</example>
    public string? Topic
    {
        get => TopicName.Length > 0 ? TopicName : null;
        init => TopicName = value ?? "";
    }

    public required ConsentState State { get; init; }
    public required LegalBasis LegalBasis { get; init; }

    /// <summary>When it was said.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When it was written down here.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Until when a grant holds.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Where it was said.</summary>
    /// <example>checkout</example>
    public required string Source { get; init; }

    /// <summary>Its id there.</summary>
    public string? ExternalId { get; init; }

    public ConsentProof? Proof
    {
        get => (ShownText, Form, Url, IpKey) is (null, null, null, null) ? null : new ConsentProof { Text = ShownText, Form = Form, Url = Url, IpHash = IpKey is null ? null : Convert.ToHexStringLower(IpKey) };
        init => (ShownText, Form, Url, IpKey) = (value?.Text, value?.Form, value?.Url, value?.IpHash is { } hash ? Convert.FromHexString(hash) : null);
    }

    /// <summary>Why, in the customer's or an agent's words.</summary>
    public string? Reason { get; init; }

    /// <summary>Of a double opt-in: the message that asks for it. Null for everything else, and in lists.</summary>
    public OptInState? Confirmation { get; init; }

    /// <summary>Who recorded it.</summary>
    public Actor Actor
    {
        get => new(ActorKind, ActorId, ActorName);
        init => (ActorKind, ActorId, ActorName) = (value.Kind, value.Id, value.Name);
    }

    internal string TopicName { get; init; } = "";
    internal string? ShownText { get; init; }
    internal string? Form { get; init; }
    internal string? Url { get; init; }
    internal byte[]? IpKey { get; init; }
    internal byte[]? AddressKey { get; init; }
    internal ActorKind ActorKind { get; init; }
    internal string? ActorId { get; init; }
    internal string ActorName { get; init; } = "";

    /// <summary>Ends in its WHERE, so that lists narrow the same statement.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT e.Id, e.CustomerId, e.Purpose, e.Channel, e.Topic AS TopicName, e.State, e.LegalBasis, e.OccurredAt, e.RecordedAt, e.ExpiresAt,
            e.Source, e.ExternalId, e.ShownText, e.Form, e.Url, e.IpKey, e.Reason, e.AddressKey, e.ActorKind, e.ActorId, e.ActorName
        FROM ConsentEntries e
        WHERE e.TenantId = @TenantId
        """);
}

/// <summary>What shows that it was said.</summary>
public sealed record ConsentProof
{
    /// <summary>What the customer saw and agreed to, word for word.</summary>
    /// <example>Yes, send me the newsletter once a month. I can unsubscribe at any time.</example>
    public string? Text { get; init; }

    /// <summary>The form it was said in.</summary>
    /// <example>checkout</example>
    public string? Form { get; init; }

    /// <summary>The page it was said on.</summary>
    /// <example>https://shop.example.com/checkout</example>
    public string? Url { get; init; }

    /// <summary>A keyed hash of the network address it was sent from: equal addresses of this tenant have equal hashes, and it cannot be turned back.</summary>
    /// <example>6f1c0a3b5d7e9f1c0a3b5d7e9f1c0a3b5d7e9f1c0a3b5d7e9f1c0a3b5d7e9f1c</example>
    public string? IpHash { get; init; }
}
