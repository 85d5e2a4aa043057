using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tickets;
using CustomerCrm.Users;

namespace CustomerCrm.Reports.Rows;

/// <summary>One of those that a metric counts.</summary>
public sealed record ServiceRow
{
    /// <summary>The ticket; null of what is none: a talk with a bot, a contact form, an order.</summary>
    public Id<Ticket>? TicketId { get; init; }

    /// <summary>What people call the ticket by.</summary>
    public int? Number { get; init; }

    /// <summary>Of the ticket.</summary>
    public string? Subject { get; init; }

    /// <summary>Who answered, or whose the ticket is.</summary>
    public Id<User>? AgentId { get; init; }

    /// <summary>When it was answered, solved, opened, due, begun or ordered.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Of a time, in all.</summary>
    public double? Seconds { get; init; }

    /// <summary>Of a time, while it was open.</summary>
    public double? BusinessSeconds { get; init; }

    /// <summary>Of a share, whether it is one of those: kept in time, solved at once …</summary>
    public bool? IsCounted { get; init; }

    [JsonIgnore] internal byte[] RowKey { get; init; } = [];
}
