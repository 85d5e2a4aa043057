using CustomerCrm.ContactPolicy.Deciding;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.ContactPolicy.Guards;

/// <summary>
/// Something in another part of the product that stands in the way of a message: an open ticket, a bad score, a refund. A feature
/// registers its own (<c>AddScoped&lt;IContactGuard, …&gt;</c>) and the policy turns it on by its name. It is asked at the door and when the message is to leave.
/// </summary>
public interface IContactGuard
{
    /// <summary>By which the policy turns it on, in <c>snake_case</c>; explanations name it.</summary>
    string Name { get; }

    /// <summary>The member of its setting that is missing, and what it is for; null: nothing.</summary>
    (string Member, string Detail)? WhyNot(GuardSetting setting);

    /// <summary>Looks for what stands in the way of a message to this customer.</summary>
    Task<GuardFinding> LookAsync(Id<Customer> customerId, GuardSetting setting, DateTimeOffset now, CancellationToken ct);

    /// <summary>The same, for a guard that is not about every message.</summary>
    Task<GuardFinding> LookAsync(ContactQuestion question, GuardSetting setting, DateTimeOffset now, CancellationToken ct) => LookAsync(question.CustomerId!.Value, setting, now, ct);
}

/// <summary>What a guard found.</summary>
/// <param name="IsClear">Nothing stands in the way.</param>
/// <param name="Value">What it found, for the explanation: a time, a tag. No personal data.</param>
public sealed record GuardFinding(bool IsClear, string? Value);
