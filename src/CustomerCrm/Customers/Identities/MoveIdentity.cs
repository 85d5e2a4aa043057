using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Customers.Identities;

/// <summary>POST /v1/identities/{identity_id}/move: it was another customer's all along.</summary>
public static class MoveIdentity
{
    public sealed record Request
    {
        [Required]
        public Id<Customer>? CustomerId { get; init; }
    }

    internal static async Task<Identity> Handle(
        [FromRoute(Name = "identity_id")] Id<Identity> identityId, Request request, IfMatch ifMatch, TenantDb db, IdentityWriter writer, CancellationToken ct)
    {
        var current = await ShowIdentity.FindAsync(identityId, db, ct);
        ifMatch.Check(current.Revision);
        var to = request.CustomerId!.Value;
        return to == current.CustomerId ? current : await writer.MoveAsync(current, to, ct);
    }
}
