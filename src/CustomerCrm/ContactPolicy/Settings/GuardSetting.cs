using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Tags;

namespace CustomerCrm.ContactPolicy;

/// <summary>A guard that is on, and its numbers.</summary>
public sealed record GuardSetting
{
    /// <summary>
    /// <c>refunded_order</c>: nothing for so many days after an order was refunded. <c>customer_tag</c>: nothing to customers with a tag. <c>open_ticket</c>: nothing to customers who
    /// wait for something to be settled. <c>recent_survey</c>: no survey for so many days after another one, whichever it was. <c>low_survey_score</c>: nothing for so many days after a
    /// detractor's score.
    /// </summary>
    /// <example>refunded_order</example>
    [StringLength(50, MinimumLength = 1)] public required string Name { get; init; }

    /// <summary>For guards that look back.</summary>
    /// <example>14</example>
    [Range(1, 365)] public int? Days { get; init; }

    /// <summary>For guards that ask for a tag.</summary>
    /// <example>do not disturb</example>
    [StringLength(50, MinimumLength = 1), TagName] public string? Tag { get; init; }

    /// <summary>Which purposes it holds back.</summary>
    [MinLength(1), MaxLength(3)] public IReadOnlyList<MessagePurpose> Purposes { get; init; } = [MessagePurpose.Marketing];
}
