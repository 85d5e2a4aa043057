using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.People;
using CustomerCrm.Tenant;
using CustomerCrm.Users;

namespace CustomerCrm.Me;

/// <summary>PATCH /me: what one is called, in every tenant.</summary>
public static class ChangeMe
{
    public sealed record Request
    {
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }
    }

    internal static async Task<ShowMe.Me> Handle(Request request, Caller caller, PeopleStore people, CurrentSettings settings, TenantDb db, EventLog events, CancellationToken ct)
    {
        var userId = new Id<User>(caller.User!.UserId);
        var before = await User.FindAsync(userId, db, ct);
        if (request.Name.IsSet && request.Name.Value != before.Name)
        {
            await people.RenameAsync(caller.User.PersonId, request.Name.Value!, ct);
            events.Record("user.updated", await User.FindAsync(userId, db, ct));
        }
        var me = await ShowMe.Handle(caller, settings, people, ct);
        return me with { User = me.User! with { Name = request.Name.Or(before.Name)! } }; // the person is read beside the transaction
    }
}
