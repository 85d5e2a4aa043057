using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.People;

/// <summary>The people of the installation and what they are in its tenants. Changes of people join the directory's transaction that is open.</summary>
public sealed class PeopleStore
{
    private readonly Databases databases;
    private readonly SystemDb system;
    private readonly TenantDb db;
    private readonly KeyChanges changes;
    private readonly TimeProvider clock;

    internal PeopleStore(Databases databases, TenantDb db, KeyChanges changes, TimeProvider clock) =>
        (this.databases, system, this.db, this.changes, this.clock) = (databases, databases.First.System, db, changes, clock);

    public async Task<Person?> FindAsync(string emailKey, CancellationToken ct) =>
        await system.QueryAsync<Person>(ByEmail, new { EmailKey = emailKey }, ct) is [var person] ? person : null;

    public async Task<Person> GetAsync(Guid personId, CancellationToken ct) =>
        (await system.QueryAsync<Person>(ById, new { PersonId = personId.ToByteArray(bigEndian: true) }, ct))[0];

    /// <summary>Everywhere the person is a user, live and test data apart, by the names of the tenants.</summary>
    public async Task<IReadOnlyList<Membership>> MembershipsAsync(Person person, CancellationToken ct)
    {
        var found = await databases.QueryEachAsync<Membership>(MembershipsOf, new { person.PersonId }, m => m.TenantId, ct);
        return [.. found.OrderBy(m => m.TenantName, StringComparer.Ordinal).ThenBy(m => m.TenantId)];
    }

    /// <exception cref="DuplicateKeyException">There is a person with this address.</exception>
    public async Task<Person> AddAsync(string email, string emailKey, string name, string passwordHash, CancellationToken ct)
    {
        var person = new Person
        {
            PersonId = Guid.CreateVersion7().ToByteArray(bigEndian: true),
            Email = email,
            EmailKey = emailKey,
            Name = name,
            PasswordHash = passwordHash,
            TotpStep = 0,
        };
        await db.ForTenantAsync(KeyGrant.Installation, within => within.ExecuteAsync(InsertPerson, new
        {
            person.PersonId, person.Email, person.EmailKey, person.Name, person.PasswordHash, person.TotpStep, Now = clock.GetUtcNow(),
        }, ct), ct);
        return person;
    }

    /// <summary>Makes a person a user of a data set, whichever tenant asks.</summary>
    /// <returns>The user's id.</returns>
    public async Task<Guid> JoinAsync(Person person, int tenantId, Role role, CancellationToken ct)
    {
        var userId = Guid.CreateVersion7();
        await db.ForTenantAsync(tenantId, within => within.ExecuteAsync(InsertUser, new
        {
            TenantId = tenantId, Id = userId.ToByteArray(bigEndian: true), person.PersonId, person.Name, person.Email, person.EmailKey, Role = (int)role, Now = clock.GetUtcNow(),
        }, ct), ct);
        return userId;
    }

    /// <summary>A new name, in every tenant.</summary>
    public async Task RenameAsync(Guid personId, string name, CancellationToken ct)
    {
        var args = new { PersonId = personId.ToByteArray(bigEndian: true), Name = name, Now = clock.GetUtcNow() };
        await db.InDirectory.ExecuteAsync(RenamePerson, args, ct);
        await db.InEachAsync(RenameUsers, args, ct);
        changes.AnnouncePerson(personId);
    }

    /// <summary>The same password, hashed as it is done now.</summary>
    public Task RehashAsync(Person person, string passwordHash, CancellationToken ct) =>
        db.InDirectory.ExecuteAsync(Rehash, new { person.PersonId, Old = person.PasswordHash, PasswordHash = passwordHash }, ct);

    /// <summary>A new password, and with it the end of every session, in every tenant, and of every reset that was asked for.</summary>
    /// <param name="resetFrom">The fingerprint of the address, where it was forgotten and reset.</param>
    public async Task ChangePasswordAsync(Person person, string passwordHash, byte[]? resetFrom, CancellationToken ct)
    {
        var args = new { person.PersonId, PasswordHash = passwordHash, ResetFromHash = resetFrom, Now = clock.GetUtcNow() };
        await db.InDirectory.ExecuteAsync(SetPassword, args, ct);
        await db.InEachAsync(EndSessions, args, ct);
        await db.InDirectory.ExecuteAsync(DeleteResets, args, ct);
        changes.AnnouncePerson(new Guid(person.PersonId, bigEndian: true));
    }

    private static readonly SystemSql ByEmail = SystemSql.Of("""
        SELECT PersonId, Email, EmailKey, Name, PasswordHash, TotpSecret, NewTotpSecret, TotpStep
        FROM People
        WHERE EmailKey = @EmailKey
        """);

    private static readonly SystemSql ById = SystemSql.Of("""
        SELECT PersonId, Email, EmailKey, Name, PasswordHash, TotpSecret, NewTotpSecret, TotpStep
        FROM People
        WHERE PersonId = @PersonId
        """);

    private static readonly SystemSql MembershipsOf = SystemSql.Of("""
        SELECT u.TenantId, u.Id AS UserId, u.PersonId, u.Role, t.AccountId, t.Name AS TenantName, t.IsTest
        FROM Users u
        JOIN Tenants t ON t.TenantId = u.TenantId
        WHERE u.PersonId = @PersonId
        """);

    private static readonly SystemSql InsertPerson = SystemSql.Of("""
        INSERT INTO People (PersonId, Email, EmailKey, Name, PasswordHash, PasswordChangedAt, TotpStep, CreatedAt)
        VALUES (@PersonId, @Email, @EmailKey, @Name, @PasswordHash, @Now, @TotpStep, @Now)
        """);

    private static readonly SystemSql InsertUser = SystemSql.Of("""
        INSERT INTO Users (TenantId, Id, PersonId, Name, Email, EmailKey, Role, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @PersonId, @Name, @Email, @EmailKey, @Role, 1, @Now, @Now)
        """);

    private static readonly SystemSql RenamePerson = SystemSql.Of("UPDATE People SET Name = @Name WHERE PersonId = @PersonId");

    private static readonly SystemSql RenameUsers = SystemSql.Of("""
        UPDATE Users
        SET Name = @Name, Revision = Revision + 1, UpdatedAt = @Now
        WHERE PersonId = @PersonId
        """);

    private static readonly SystemSql Rehash = SystemSql.Of("""
        UPDATE People
        SET PasswordHash = @PasswordHash
        WHERE PersonId = @PersonId
          AND PasswordHash = @Old
        """);

    private static readonly SystemSql SetPassword = SystemSql.Of("""
        UPDATE People
        SET PasswordHash = @PasswordHash, PasswordChangedAt = @Now, ResetFromHash = COALESCE(@ResetFromHash, ResetFromHash)
        WHERE PersonId = @PersonId
        """);

    private static readonly SystemSql EndSessions = SystemSql.Of("""
        UPDATE Sessions
        SET EndedAt = @Now
        WHERE PersonId = @PersonId
          AND EndedAt IS NULL
        """);

    private static readonly SystemSql DeleteResets = SystemSql.Of("DELETE FROM PasswordResets WHERE PersonId = @PersonId");
}
