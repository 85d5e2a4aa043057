using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Customers.Identities;

/// <summary>PATCH /v1/identities/{identity_id}: what is known of it. Another value is another identity.</summary>
public static class ChangeIdentity
{
    public sealed record Request
    {
        public bool? IsVerified { get; init; }

        /// <summary>True makes it the primary one in place of the one that is. Making it not so is done by making another so.</summary>
        public bool? IsPrimary { get; init; }
    }

    internal static async Task<Identity> Handle(
        [FromRoute(Name = "identity_id")] Id<Identity> identityId, Request request, IfMatch ifMatch, TenantDb db, IdentityWriter writer, CancellationToken ct)
    {
        var current = await ShowIdentity.FindAsync(identityId, db, ct);
        ifMatch.Check(current.Revision);
        if (current.IsPrimary && request.IsPrimary == false)
            throw ApiProblem.Invalid("/is_primary", "primary_needed", "There is always a primary one. Make another identity primary instead.");
        return await writer.ChangeAsync(current, request.IsVerified ?? current.IsVerified, request.IsPrimary ?? current.IsPrimary, ct);
    }
}
