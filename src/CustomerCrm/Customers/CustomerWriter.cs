using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Customers.Searching;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Customers;

/// <summary>Writes customers and what is derived from them: the words the search finds, and the events.</summary>
internal sealed class CustomerWriter(
    TenantDb db, IdentityWriter identityWriter, CustomFieldReader fieldReader, CustomFieldWriter fieldWriter, FieldHistory history, RecordBin bin, EventLog events, TimeProvider clock)
{
    /// <param name="profile">What is said of the customer.</param>
    /// <param name="identities">What the customer will be recognised by.</param>
    /// <param name="pointer">Where in the body that stands: empty, or <c>/customer</c>.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null if one of the identities is somebody's already. Then nothing is left of the attempt.</returns>
    /// <exception cref="ApiProblem">422: a value of a field of the tenant's own is not right.</exception>
    public async Task<Customer?> TryAddAsync(CustomerProfile profile, IReadOnlyList<NewIdentity> identities, string pointer, CancellationToken ct)
    {
        var fields = await fieldReader.ReadAsync(CustomFieldResource.Customers, profile.CustomFields, CustomFieldValues.None, pointer, ct);
        var now = clock.GetUtcNow();
        var customer = NewOf(profile, identities, now) with { CustomFields = fields };
        await db.ExecuteAsync(Insert, RowOf(customer), ct);

        var added = new List<Identity>(identities.Count);
        try
        {
            foreach (var identity in identities) added.Add(await identityWriter.InsertAsync(customer.Id, identity, ct));
        }
        catch (DuplicateKeyException) // the transaction may go on with other things, so the attempt is taken back here
        {
            await db.ExecuteAsync(Delete, new { CustomerId = customer.Id }, ct);
            return null;
        }
        await WriteWordsAsync(customer, ct);
        await fieldWriter.WriteAsync(CustomFieldResource.Customers, customer.Id.Value, CustomFieldValues.None, fields, ct);

        events.Record("customer.created", new CreatedCustomer(customer, added), customer.Id.Value);
        return customer;
    }

    /// <summary>Pure: the customer whom a description makes.</summary>
    internal static Customer NewOf(CustomerProfile profile, IReadOnlyList<NewIdentity> identities, DateTimeOffset now) => profile.ApplyTo(new Customer
    {
        Id = Id<Customer>.New(),
        Email = PrimaryOf(IdentityKind.Email, identities),
        Phone = PrimaryOf(IdentityKind.Phone, identities),
        LastSeenAt = now,
        Revision = 1,
        CreatedAt = now,
        UpdatedAt = now,
    });

    /// <returns>As it is now; the same revision if the changes change nothing.</returns>
    /// <exception cref="ApiProblem">422: a value of a field of the tenant's own is not right. 412: somebody else changed it since it was read.</exception>
    public async Task<Customer> ChangeAsync(Customer current, CustomerProfile changes, CancellationToken ct)
    {
        var fields = await fieldReader.ReadAsync(CustomFieldResource.Customers, changes.CustomFields, current.CustomFields, "", ct);
        var wanted = changes.ApplyTo(current) with { CustomFields = fields };
        if (wanted == current) return current;

        var changed = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, RowOf(changed), ct) == 0) throw ApiProblem.PreconditionFailed();
        if (changed.Name != current.Name)
        {
            await db.ExecuteAsync(DeleteWords, new { CustomerId = current.Id }, ct);
            await WriteWordsAsync(changed, ct);
        }
        await fieldWriter.WriteAsync(CustomFieldResource.Customers, changed.Id.Value, current.CustomFields, fields, ct);
        await history.RecordAsync(changed.Id, changed.Id.Value, changed.Revision, current, changed, ct);
        events.Record("customer.updated", changed, changed.Id.Value);
        return changed;
    }

    /// <summary>Into the bin, with all that hangs on it.</summary>
    /// <exception cref="ApiProblem">412: somebody else changed it since it was read.</exception>
    public async Task RemoveAsync(Customer customer, CancellationToken ct)
    {
        await bin.PutAsync(CustomerRecord.Kind, customer.Id, customer.Revision, customer.Id.Value, customer.Name ?? customer.Email ?? customer.Phone, ct);
        events.Record("customer.removed", customer, customer.Id.Value);
    }

    private Task WriteWordsAsync(Customer customer, CancellationToken ct) =>
        db.ExecuteEachAsync(InsertWord, NameKey.Keys(customer.Name).Select(word => new { Word = word, CustomerId = customer.Id }), ct);

    private static string? PrimaryOf(IdentityKind kind, IEnumerable<NewIdentity> identities) =>
        identities.FirstOrDefault(i => i.IsPrimary && i.Identifier.Kind == kind)?.Identifier.Value;

    /// <summary>What <see cref="Insert"/> and the update take.</summary>
    internal static object RowOf(Customer c) => new
    {
        c.Id,
        c.Name,
        NameKey = NameKey.Of(c.Name),
        c.FirstName,
        c.LastName,
        c.Email,
        c.Phone,
        c.Company,
        c.BirthDate,
        c.Language,
        c.TimeZone,
        c.Country,
        c.Region,
        c.City,
        c.PostalCode,
        c.Address,
        c.FirstSeenAt,
        c.LastSeenAt,
        c.Revision,
        c.CreatedAt,
        c.UpdatedAt,
    };

    internal static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Customers (TenantId, Id, Name, NameKey, FirstName, LastName, Email, Phone, Company, BirthDate, Language, TimeZone,
            Country, Region, City, PostalCode, Address, FirstSeenAt, LastSeenAt, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @NameKey, @FirstName, @LastName, @Email, @Phone, @Company, @BirthDate, @Language, @TimeZone,
            @Country, @Region, @City, @PostalCode, @Address, @FirstSeenAt, @LastSeenAt, @Revision, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Customers
        SET Name = @Name, NameKey = @NameKey, FirstName = @FirstName, LastName = @LastName, Company = @Company, BirthDate = @BirthDate,
            Language = @Language, TimeZone = @TimeZone, Country = @Country, Region = @Region, City = @City, PostalCode = @PostalCode,
            Address = @Address, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM Customers WHERE TenantId = @TenantId AND Id = @CustomerId");

    internal static readonly TenantSql InsertWord = TenantSql.Of("INSERT INTO CustomerWords (TenantId, Word, CustomerId) VALUES (@TenantId, @Word, @CustomerId)");

    private static readonly TenantSql DeleteWords = TenantSql.Of("DELETE FROM CustomerWords WHERE TenantId = @TenantId AND CustomerId = @CustomerId");
}
