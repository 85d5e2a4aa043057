using CustomerCrm.ContactPolicy.Guards;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using NodaTime;

namespace CustomerCrm.ContactPolicy.Deciding;

/// <summary>A message that somebody wants to send: what the policy is asked about.</summary>
public sealed record ContactQuestion
{
    /// <summary>Null: to an address that is nobody's.</summary>
    public Id<Customer>? CustomerId { get; init; }

    public required MessageChannel Channel { get; init; }
    public required MessagePurpose Purpose { get; init; }

    /// <summary>Empty: none.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Where it is to go; null: there is no address.</summary>
    public string? Recipient { get; init; }

    /// <summary>The message itself, if it is there already: it does not count against itself.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>What it takes of the daily limit: 1, or the parts of a text message.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Since when it has been wanted; null: now.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Who or what wants it, by a word: <c>survey</c>. A guard may be about such messages only.</summary>
    public string? ReasonKind { get; init; }

    /// <summary>Which one, as the API writes it.</summary>
    public string? ReasonId { get; init; }
}

/// <summary>Everything that the decision is made from, as of one moment.</summary>
internal sealed record ContactFacts
{
    public required ContactQuestion Question { get; init; }
    public required PolicySettings Policy { get; init; }
    public required DateTimeOffset Now { get; init; }

    public bool IsTestData { get; init; }
    public bool IsTestRecipient { get; init; }

    /// <summary>Why the address is not written to; null: it is.</summary>
    public string? Suppression { get; init; }

    /// <summary>What the customer said of the topic, and of all topics.</summary>
    public IReadOnlyList<ConsentFact> Consents { get; init; } = [];

    /// <summary>Whether the topic is for those who never said anything; null: the message is of no topic that there is.</summary>
    public bool? IsTopicOnByDefault { get; init; }

    public IReadOnlyList<(GuardSetting Setting, GuardFinding Finding)> Guards { get; init; } = [];

    /// <summary>When other messages to the customer left or are to leave, from 30 days ago on.</summary>
    public IReadOnlyList<CountedMessage> Others { get; init; } = [];

    public required DateTimeZone Zone { get; init; }

    /// <summary>Whose zone that is.</summary>
    public required ZoneSource ZoneOf { get; init; }

    /// <summary>What left on the channel today, and how much may: e-mails, or parts of text messages.</summary>
    public int SentToday { get; init; }
    public int DailyLimit { get; init; } = int.MaxValue;

    /// <summary>When the tenant's next day begins.</summary>
    public DateTimeOffset NextDay { get; init; } = DateTimeOffset.MaxValue;
}

internal enum ZoneSource
{
    Customer,
    Country,
    Tenant,
}

/// <summary>One row of what holds now of a customer's consents.</summary>
internal sealed record ConsentFact
{
    /// <summary>Empty: all topics.</summary>
    public required string Topic { get; init; }

    /// <summary>1 granted, 2 pending, 3 withdrawn, 4 expired.</summary>
    public required int State { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
}

internal sealed record CountedMessage
{
    public required DateTimeOffset CountsAt { get; init; }
    public required MessagePurpose Purpose { get; init; }
}
