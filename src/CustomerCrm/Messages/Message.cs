using System.Text.Json;
using CustomerCrm.ContactPolicy.Deciding;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Templates;

namespace CustomerCrm.Messages;

/// <summary>An e-mail or text message to somebody: one that was sent, is to be sent, or was not to be sent.</summary>
public sealed record Message : IHasId
{
    public static string Prefix => "msg";

    public required Id<Message> Id { get; init; }

    /// <summary>Null: to an address that is no customer's.</summary>
    public Id<Customer>? CustomerId { get; init; }

    /// <summary>An e-mail address, or a phone number in E.164; null where the customer has none.</summary>
    /// <example>ada@example.com</example>
    public string? To => Recipient.Length == 0 ? null : Recipient;

    public required MessageChannel Channel { get; init; }
    public required MessagePurpose Purpose { get; init; }

    /// <summary>What it is about, by the tenant's own name; null: nothing in particular.</summary>
    /// <example>newsletter</example>
    public string? Topic => TopicText.Length == 0 ? null : TopicText;

    public required MessageState State { get; init; }

    /// <summary>Why it stands there, where that is not plain: the rule that refused or put it off, or what the provider said.</summary>
    /// <example>quiet_hours</example>
    public string? Code { get; init; }

    /// <summary>Who or what wanted it.</summary>
    public MessageReason Reason => new(ReasonKind, ReasonId, ReasonText);

    public Id<Template>? TemplateId { get; init; }
    public Id<TemplateVersion>? TemplateVersionId { get; init; }

    /// <summary>The subject, or the beginning of a text message; null once its content is erased.</summary>
    /// <example>Your order is on its way</example>
    public string? Title { get; init; }

    /// <summary>In how many parts a text message is sent: each is paid for, and counts against the daily limit. 1 for an e-mail.</summary>
    /// <example>1</example>
    public int Parts { get; init; } = 1;

    /// <summary>Which provider has it.</summary>
    /// <example>twilio</example>
    public string? Provider { get; init; }

    /// <summary>What the provider calls it.</summary>
    public string? ProviderMessageId { get; init; }

    /// <summary>When it is looked at next, while it has not left.</summary>
    public DateTimeOffset? DueAt => State is MessageState.Queued or MessageState.Deferred ? NextAt : null;

    /// <summary>When the provider took it.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When what was written in it was erased.</summary>
    public DateTimeOffset? ContentErasedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string Recipient { get; init; } = "";
    internal string TopicText { get; init; } = "";
    internal string ReasonKind { get; init; } = "";
    internal string? ReasonId { get; init; }
    internal string? ReasonText { get; init; }
    internal DateTimeOffset NextAt { get; init; }
    internal string DecisionText { get; init; } = "{}";
    internal string? SendDecisionText { get; init; }
    internal int Revision { get; init; }

    internal ContactDecision Decision => JsonSerializer.Deserialize<ContactDecision>(DecisionText, StrictJson.Options)!;

    internal ContactDecision? SendDecision => SendDecisionText is null ? null : JsonSerializer.Deserialize<ContactDecision>(SendDecisionText, StrictJson.Options);

    internal bool IsOpen => State is MessageState.Queued or MessageState.Deferred;

    internal ContactQuestion Question => new()
    {
        CustomerId = CustomerId, Channel = Channel, Purpose = Purpose, Topic = TopicText, Recipient = To, MessageId = Id.Value, Since = CreatedAt, ReasonKind = ReasonKind, ReasonId = ReasonId, Parts = Parts,
    };

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Message> FindAsync(Id<Message> messageId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Message>(ById, new { MessageId = messageId }, ct) ?? throw ApiProblem.NotFound("message");

    /// <summary>Ends in its WHERE, so that lists narrow the same statement.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT m.Id, m.CustomerId, m.Channel, m.Purpose, m.Topic AS TopicText, m.Recipient, m.State, m.Code, m.ReasonKind, m.ReasonId, m.ReasonText, m.TemplateId, m.TemplateVersionId,
            m.Title, m.Parts, m.Provider, m.ProviderMessageId, m.DueAt AS NextAt, m.SentAt, m.ContentErasedAt, m.DecisionText, m.SendDecisionText, m.Revision, m.CreatedAt, m.UpdatedAt
        FROM Messages m
        WHERE m.TenantId = @TenantId
        """);

    internal static readonly TenantSql ById = Matching.Then("AND m.Id = @MessageId");
}

/// <summary>Who or what wants a message.</summary>
/// <param name="Kind">By a word: <c>api</c>, <c>automation_rule</c>, <c>campaign</c>.</param>
/// <param name="Id">Which one, as the API writes it.</param>
/// <param name="Text">For the customer who asks why they got it.</param>
public sealed record MessageReason(string Kind, string? Id, string? Text);
