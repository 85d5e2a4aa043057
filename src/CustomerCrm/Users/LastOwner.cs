using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Users;

/// <summary>The last owner stays one: without them nobody could make another.</summary>
public sealed class LastOwner(TenantDb db)
{
    /// <param name="user">Who is about to be an owner no more.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="ApiProblem">409: there is no other owner.</exception>
    public async Task CheckAsync(User user, CancellationToken ct)
    {
        if (user.Role == Role.Owner && await db.FindAsync<int>(CountOwners, null, ct) <= 1)
            throw ApiProblem.Conflict("last_owner", "There is no other owner. Make somebody else one first.");
    }

    // SQL Server holds what it counted, so that the last two cannot both go at once; SQLite has one writer.
    private static readonly TenantSql CountOwners = TenantSql.Of(
        sqlServer: """
            SELECT COUNT(*)
            FROM Users WITH (UPDLOCK, HOLDLOCK)
            WHERE TenantId = @TenantId
              AND Role = 1
            """,
        sqlite: """
            SELECT COUNT(*)
            FROM Users
            WHERE TenantId = @TenantId
              AND Role = 1
            """);
}
