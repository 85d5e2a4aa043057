using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CustomerCrm.Orders.External;

/// <summary>The order as it is now, and what telling it has done.</summary>
public sealed record UpsertedOrder : Order
{
    [JsonConstructor]
    public UpsertedOrder() { }

    [SetsRequiredMembers]
    internal UpsertedOrder(Order order) : base(order) { }

    public UpsertOutcome Outcome { get; init; }
}

/// <summary>What became of an order that was told.</summary>
public enum UpsertOutcome
{
    Created,
    Updated,

    /// <summary>It was known just so.</summary>
    Unchanged,

    /// <summary>What was told is older than what is known, and has changed nothing.</summary>
    Stale,
}
