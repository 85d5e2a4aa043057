using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Me;

/// <summary>POST /me/departure: out of this data set, by one's own will. Not the last owner.</summary>
internal static class Leave
{
    internal static async Task<NoContent> Handle(Caller caller, UserRemoval removal, TenantDb db, CancellationToken ct)
    {
        await removal.RemoveAsync(await User.FindAsync(new Id<User>(caller.User!.UserId), db, ct), ct);
        return TypedResults.NoContent();
    }
}
