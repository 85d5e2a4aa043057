using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Interactions;

/// <summary>One time that a customer and the tenant had to do with each other: a call, a mail, a visit.</summary>
public sealed record Interaction : IHasId, IVersioned
{
    public static string Prefix => "int";

    /// <summary>What a statement reads of it.</summary>
    internal const string Columns = """
        i.Id, i.CustomerId, i.Channel, i.Direction, i.OccurredAt, i.Agent, i.Subject,
        i.Body, i.Outcome, i.DurationSeconds, i.Source, i.ExternalId, i.Revision, i.CreatedAt, i.UpdatedAt,
        (SELECT x.Text FROM InteractionFields x WHERE x.TenantId = i.TenantId AND x.InteractionId = i.Id) AS CustomFieldsText
        """;

    public required Id<Interaction> Id { get; init; }
    public required Id<Customer> CustomerId { get; init; }
    public required InteractionChannel Channel { get; init; }
    public required InteractionDirection Direction { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Who it was on the tenant's side.</summary>
    public string? Agent { get; init; }

    public string? Subject { get; init; }
    public string? Body { get; init; }

    /// <summary>What came of it, in the tenant's own words: <c>resolved</c>, <c>voicemail</c>.</summary>
    public string? Outcome { get; init; }

    public int? DurationSeconds { get; init; }

    /// <summary>The system it was recorded in, and its id there.</summary>
    public string? Source { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>The values of the tenant's own fields, by their names; <c>GET /v1/metadata</c> says which there are.</summary>
    /// <example>{"satisfaction":4}</example>
    public CustomFieldValues CustomFields { get; init; } = CustomFieldValues.None;

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string? CustomFieldsText { init => CustomFields = CustomFieldValues.Of(value); }
}

/// <summary>The numbers are stored.</summary>
public enum InteractionChannel
{
    Email = 1,
    Phone = 2,
    Chat = 3,
    Sms = 4,
    Social = 5,
    InPerson = 6,
    Web = 7,
    SelfService = 8,
}

/// <summary>Who began: the customer (inbound) or the tenant. The numbers are stored.</summary>
public enum InteractionDirection
{
    Inbound = 1,
    Outbound = 2,
}
