using CustomerCrm.InboundHooks.Mapping;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.InboundHooks;

/// <summary>Keeps every mapping that a hook has had, and reads them back.</summary>
internal sealed class HookMappingWriter(TenantDb db, Caller caller, TimeProvider clock)
{
    public Task AddAsync(Id<InboundHook> hookId, int version, HookMapping mapping, CancellationToken ct)
    {
        var author = caller.Actor;
        return db.ExecuteAsync(Insert, new
        {
            HookId = hookId, Version = version, MappingText = mapping.Write(), Now = clock.GetUtcNow(), AuthorKind = author.Kind, AuthorId = author.Id, AuthorName = author.Name,
        }, ct);
    }

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO InboundHookMappings (TenantId, HookId, Version, MappingText, CreatedAt, AuthorKind, AuthorId, AuthorName)
        VALUES (@TenantId, @HookId, @Version, @MappingText, @Now, @AuthorKind, @AuthorId, @AuthorName)
        """);
}
