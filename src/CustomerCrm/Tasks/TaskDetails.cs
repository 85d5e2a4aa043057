using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.Tasks;

/// <summary>A task as whoever makes it states it.</summary>
public record TaskDetails
{
    /// <example>Call about the late parcel</example>
    [StringLength(300, MinimumLength = 1)] public required string Title { get; init; }

    /// <example>Ordered twice, nothing has arrived.</example>
    [StringLength(20_000, MinimumLength = 1)] public string? Body { get; init; }

    public TaskPriority Priority { get; init; } = TaskPriority.Normal;

    /// <summary>Until when; left out for whenever there is time.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Who is to do it.</summary>
    public Id<User>? UserId { get; init; }

    /// <summary>Whose it is, where one of a team is to take it.</summary>
    public Id<Team>? TeamId { get; init; }

    /// <summary>About whom. Of a task about an order, the order's customer if nothing is said.</summary>
    public Id<Customer>? CustomerId { get; init; }

    public Id<Order>? OrderId { get; init; }
}
