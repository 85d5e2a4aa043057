using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Customers.Identities;

/// <summary>DELETE /v1/identities/{identity_id}: nobody is recognised by it any more.</summary>
internal static class RemoveIdentity
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "identity_id")] Id<Identity> identityId, IfMatch ifMatch, TenantDb db, IdentityWriter writer, CancellationToken ct)
    {
        var current = await ShowIdentity.FindAsync(identityId, db, ct);
        ifMatch.Check(current.Revision);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
