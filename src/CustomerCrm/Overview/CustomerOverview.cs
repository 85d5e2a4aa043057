using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Analytics.Rfm;
using CustomerCrm.Companies.People;
using CustomerCrm.Consents;
using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Insights.Values;
using CustomerCrm.Interactions;
using CustomerCrm.Messages;
using CustomerCrm.Notes;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Segments;
using CustomerCrm.SurveyResponses;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Promises;
using CustomerCrm.Timeline;

namespace CustomerCrm.Overview;

/// <summary>One customer on one page, all of it as of the same moment.</summary>
public sealed record CustomerOverview
{
    public required Customer Customer { get; init; }

    /// <summary>What the customer is recognised by, oldest first; at most 20.</summary>
    public required IReadOnlyList<Identity> Identities { get; init; }

    public required Figures Figures { get; init; }

    /// <summary>The latest 10 things of every kind.</summary>
    public required IReadOnlyList<TimelineEntry> Timeline { get; init; }

    /// <summary>The latest 5.</summary>
    public required IReadOnlyList<OrderSummary> Orders { get; init; }

    /// <summary>The latest 5.</summary>
    public required IReadOnlyList<Interaction> Interactions { get; init; }

    /// <summary>Those that something came to last; at most 3.</summary>
    public required IReadOnlyList<Conversation> Conversations { get; init; }

    /// <summary>The latest 5, also those that were refused or are put off.</summary>
    public required IReadOnlyList<Message> Messages { get; init; }

    /// <summary>What the customer waits for: tickets that are neither solved nor closed, the latest 5, each with what is promised of it.</summary>
    public required IReadOnlyList<OpenTicketSummary> OpenTickets { get; init; }

    /// <summary>Where the customer belongs, latest joined first; at most 50.</summary>
    public required IReadOnlyList<ListCustomerSegments.Row> Segments { get; init; }

    /// <summary>What the customer belongs to, those joined first first; at most 10.</summary>
    public required IReadOnlyList<ListCustomerCompanies.Row> Companies { get; init; }

    /// <summary>What the customer said of being written to, as it holds now, changed last first; at most 50.</summary>
    public required IReadOnlyList<Consent> Consents { get; init; }

    /// <summary>Pinned ones first, then those written last; at most 5.</summary>
    public required IReadOnlyList<Note> Notes { get; init; }

    /// <summary>What the customer answered to a survey last; null where they never did, or only anonymously.</summary>
    public required SurveyResponse? LastSurveyResponse { get; init; }
}

/// <summary>What has been, and what the models expect. Without purchases the counts are 0 and the rest is null.</summary>
public sealed record Figures
{
    public required int OrderCount { get; init; }

    /// <summary>Of counted orders, in minor units of <see cref="Currency"/>.</summary>
    public required long SpendMinor { get; init; }

    /// <summary>Orders in other currencies without a rate: counted, but not in the spend.</summary>
    public required int LeftOutCount { get; init; }

    /// <summary>The tenant's, ISO 4217.</summary>
    public required string Currency { get; init; }

    public DateTimeOffset? FirstOrderAt { get; init; }
    public DateTimeOffset? LastOrderAt { get; init; }
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>Null before the first nightly run that saw a purchase.</summary>
    public Standing? Standing { get; init; }
}

/// <summary>Where the customer stands by the last run of the models.</summary>
public sealed record Standing
{
    /// <summary>The last day the run looked at, in the tenant's zone.</summary>
    public required DateOnly AsOf { get; init; }

    public required Id<Fit> FitId { get; init; }

    /// <summary>Quintile of the time since the last purchase, 5 for the most recent.</summary>
    public required int RecencyScore { get; init; }

    /// <summary>Quintile of the days with a purchase.</summary>
    public required int FrequencyScore { get; init; }

    /// <summary>Quintile of the spend.</summary>
    public required int MonetaryScore { get; init; }

    public required RfmGroup RfmGroup { get; init; }
    public required RetentionState RetentionState { get; init; }

    /// <summary>Which model the figures below are of.</summary>
    public ModelKind? Model { get; init; }

    public double? ProbabilityAlive { get; init; }

    /// <summary>Within the twelve months after <see cref="AsOf"/>.</summary>
    public double? ExpectedPurchases { get; init; }

    /// <summary>The discounted value of those months, in minor units of the tenant's currency.</summary>
    public long? CltvMinor { get; init; }

    /// <summary>In which the value will lie with a probability of 80 %.</summary>
    public Interval? CltvIntervalMinor => CltvLowMinor is { } low && CltvHighMinor is { } high ? new Interval { Low = low, High = high, Level = 0.8 } : null;

    [JsonIgnore]
    public long? CltvLowMinor { get; init; }

    [JsonIgnore]
    public long? CltvHighMinor { get; init; }

    /// <summary>Whether the figures of the model rest on enough.</summary>
    public required bool Sufficient { get; init; }

    /// <summary><c>sufficient</c>, or what is missing.</summary>
    public required string ReasonCode { get; init; }
}

/// <summary>A ticket that the customer waits for.</summary>
public sealed record OpenTicketSummary : Ticket
{
    [SetsRequiredMembers]
    internal OpenTicketSummary(Ticket ticket) : base(ticket)
    {
    }

    /// <summary>What is promised of it, and how that stands now; null where nothing is.</summary>
    public TicketSla? Sla { get; init; }
}

/// <summary>An order in one line.</summary>
public sealed record OrderSummary
{
    public required Id<Order> Id { get; init; }
    public string? OrderNumber { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }
    public required string Currency { get; init; }

    /// <summary>Lines less discounts and refunds, without tax and shipping, in minor units of <see cref="Currency"/>.</summary>
    public required long SpendMinor { get; init; }

    public required PaymentStatus PaymentStatus { get; init; }
    public required FulfillmentStatus FulfillmentStatus { get; init; }
    public DateTimeOffset? CancelledAt { get; init; }
}
