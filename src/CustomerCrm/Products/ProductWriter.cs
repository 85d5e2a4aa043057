using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers.Searching;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Records;
using CustomerCrm.Tenant;

namespace CustomerCrm.Products;

/// <summary>Writes products and what goes with them: categories, external ids, fields of the tenant's own, the words the search finds, history, events; and asks for the lines that name them.</summary>
internal sealed class ProductWriter(
    TenantDb db, ProductReader reader, ProductKeys keys, CustomFieldReader fieldReader, CustomFieldWriter fieldWriter, FieldHistory history, RecordBin bin, CurrentSettings settings, JobQueue jobs, EventLog events, TimeProvider clock)
{
    private static readonly TimeSpan clockSkew = TimeSpan.FromDays(1);

    /// <exception cref="ApiProblem">409: the SKU or an external id is another product's. Then nothing is left of the attempt.</exception>
    public async Task<Product> AddAsync(ProductProfile profile, ProductParts parts, CancellationToken ct)
    {
        if (!profile.Name.IsSet) throw ApiProblem.Invalid("/name", "required", "A new product needs a name.");
        var now = clock.GetUtcNow();
        CheckTime(profile, now);
        var fields = await fieldReader.ReadAsync(CustomFieldResource.Products, profile.CustomFields, CustomFieldValues.None, "", ct);
        await CheckKeysAsync(null, parts, ct);

        var blank = new Product { Id = Id<Product>.New(), Name = "", IsActive = true, Revision = 1, CreatedAt = now, UpdatedAt = now };
        var product = profile.ApplyTo(blank, parts, fields, (await settings.GetAsync(ct)).Currency);
        try
        {
            await db.ExecuteAsync(Insert, RowOf(product), ct);
            await keys.ReplaceAsync(blank, product, ct);
        }
        catch (DuplicateKeyException) // the transaction may go on with other things, so the attempt is taken back here
        {
            await db.ExecuteAsync(Delete, new { ProductId = product.Id }, ct);
            throw Meanwhile();
        }
        await fieldWriter.WriteAsync(CustomFieldResource.Products, product.Id.Value, CustomFieldValues.None, fields, ct);
        await WriteWordsAsync(product, ct);
        await jobs.EnqueueOnceAsync(new TieProduct(product.Id), product.Id.ToString(), ct);
        events.Record("product.created", product);
        return product;
    }

    /// <returns>As it is now; the same revision if the changes change nothing.</returns>
    /// <exception cref="ApiProblem">409: the SKU or an external id is another product's. 412: somebody else changed it since it was read.</exception>
    public async Task<Product> ChangeAsync(Product current, ProductProfile profile, ProductParts parts, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        CheckTime(profile, now);
        var fields = await fieldReader.ReadAsync(CustomFieldResource.Products, profile.CustomFields, current.CustomFields, "", ct);
        var wanted = profile.ApplyTo(current, parts, fields, (await settings.GetAsync(ct)).Currency);
        if (Product.SaySame(wanted, current)) return current;
        await CheckKeysAsync(current.Id, parts, ct);

        var changed = wanted with { Revision = current.Revision + 1, UpdatedAt = now };
        try
        {
            if (await db.ExecuteAsync(Update, RowOf(changed), ct) == 0) throw ApiProblem.PreconditionFailed();
            await keys.ReplaceAsync(current, changed, ct);
        }
        catch (DuplicateKeyException)
        {
            await db.ExecuteAsync(Update, RowOf(current with { Revision = changed.Revision + 1 }), ct);
            throw Meanwhile();
        }
        await fieldWriter.WriteAsync(CustomFieldResource.Products, changed.Id.Value, current.CustomFields, fields, ct);
        if (changed.Name != current.Name)
        {
            await db.ExecuteAsync(DeleteWords, new { ProductId = current.Id }, ct);
            await WriteWordsAsync(changed, ct);
        }
        if (changed.Sku != current.Sku || !changed.ExternalIds.SequenceEqual(current.ExternalIds)) await jobs.EnqueueOnceAsync(new TieProduct(changed.Id), changed.Id.ToString(), ct);
        await history.RecordAsync(changed.Id, null, changed.Revision, current, changed, ct);
        if (!Product.SaySame(wanted, current with { SourceUpdatedAt = wanted.SourceUpdatedAt })) events.Record("product.updated", changed);
        return changed;
    }

    /// <summary>Into the bin. Orders keep their lines, which name it no more until it is back.</summary>
    public async Task RemoveAsync(Product product, CancellationToken ct)
    {
        await bin.PutAsync(ProductRecord.RecordKind, product.Id, product.Revision, customerId: null, product.Name, ct);
        await jobs.EnqueueOnceAsync(new TieProduct(product.Id), product.Id.ToString(), ct);
        events.Record("product.deleted", product);
    }

    private async Task CheckKeysAsync(Id<Product>? own, ProductParts parts, CancellationToken ct)
    {
        if (parts.Sku is { } sku && await reader.FindBySkuAsync(sku, ct) is { } owner && owner != own) throw Exists(owner, "The SKU");
        foreach (var external in parts.ExternalIds ?? [])
            if (await reader.FindIdAsync(external, ct) is { } other && other != own) throw Exists(other, "An external id");
    }

    private static void CheckTime(ProductProfile profile, DateTimeOffset now)
    {
        if (profile.SourceUpdatedAt > now + clockSkew)
            throw ApiProblem.Invalid("/source_updated_at", "in_the_future", "A product cannot have been changed more than a day from now: every later change would come too late.");
    }

    private static ApiProblem Exists(Id<Product> owner, string what) => ApiProblem.Conflict("product_exists",
        $"{what} is another product's already. Change that product, or take it away from there.", new Dictionary<string, object?> { ["product_id"] = owner });

    private static ApiProblem Meanwhile() => ApiProblem.Conflict("changed_meanwhile", "Somebody else is writing the same product. Nothing was changed; try again.");

    private Task WriteWordsAsync(Product product, CancellationToken ct) =>
        db.ExecuteEachAsync(InsertWord, NameKey.Keys(product.Name).Select(word => new { Word = word, ProductId = product.Id }), ct);

    private static object RowOf(Product p) => new
    {
        p.Id, p.Sku, SkuKey = p.Sku is { } sku ? ProductParts.KeyOf(sku) : null, p.Name, NameKey = NameKey.Of(p.Name), p.Description, p.PriceMinor, p.Currency,
        p.IsActive, p.ImageUrl, p.SourceUpdatedAt, p.Revision, p.CreatedAt, p.UpdatedAt,
    };

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Products (TenantId, Id, Sku, SkuKey, Name, NameKey, Description, PriceMinor, Currency, IsActive, ImageUrl, SourceUpdatedAt,
            UnitsSold, RevenueMinor, OrderCount, CustomerCount, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Sku, @SkuKey, @Name, @NameKey, @Description, @PriceMinor, @Currency, @IsActive, @ImageUrl, @SourceUpdatedAt,
            0, 0, 0, 0, @Revision, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Products
        SET Sku = @Sku, SkuKey = @SkuKey, Name = @Name, NameKey = @NameKey, Description = @Description, PriceMinor = @PriceMinor,
            Currency = @Currency, IsActive = @IsActive, ImageUrl = @ImageUrl, SourceUpdatedAt = @SourceUpdatedAt, Revision = @Revision,
            UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM Products WHERE TenantId = @TenantId AND Id = @ProductId");

    private static readonly TenantSql InsertWord = TenantSql.Of("INSERT INTO ProductWords (TenantId, Word, ProductId) VALUES (@TenantId, @Word, @ProductId)");

    private static readonly TenantSql DeleteWords = TenantSql.Of("DELETE FROM ProductWords WHERE TenantId = @TenantId AND ProductId = @ProductId");
}
