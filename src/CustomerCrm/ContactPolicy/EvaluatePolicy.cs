using System.ComponentModel.DataAnnotations;
using CustomerCrm.ContactPolicy.Deciding;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.ContactPolicy;

/// <summary>POST /contact_policy/evaluate: the dry run. It asks exactly what a message would be asked, and leaves nothing behind.</summary>
public static class EvaluatePolicy
{
    public sealed record Request
    {
        /// <summary>Whom; or <c>to</c>, or both.</summary>
        public Id<Customer>? CustomerId { get; init; }

        /// <summary>One of the customer's addresses; their primary one if it is left out.</summary>
        [StringLength(254, MinimumLength = 1)] public string? To { get; init; }

        [Required] public MessageChannel? Channel { get; init; }
        [Required] public MessagePurpose? Purpose { get; init; }

        /// <summary>Which of the customer's consents is asked for; none: the one to all topics.</summary>
        [StringLength(100, MinimumLength = 1)] public string? Topic { get; init; }

        /// <summary>In how many parts a text message would be sent; 1 if nothing is said.</summary>
        [Range(1, 20)] public int Parts { get; init; } = 1;
    }

    internal static async Task<ContactDecision> Handle(Request request, Addresses addresses, ContactPolicies policies, CancellationToken ct)
    {
        var (customerId, to) = await addresses.FindAsync(request.CustomerId, request.To, request.Channel!.Value, ct);
        return await policies.AskAsync(new ContactQuestion { CustomerId = customerId, Channel = request.Channel.Value, Purpose = request.Purpose!.Value, Topic = request.Topic ?? "", Recipient = to, Parts = request.Parts }, ct);
    }
}
