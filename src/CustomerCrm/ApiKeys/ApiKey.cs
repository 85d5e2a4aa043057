using CustomerCrm.Platform.Access.Origins;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.ApiKeys;

/// <summary>A key of this data set. Its text is shown once, when it is created, and is kept nowhere.</summary>
public record ApiKey : IHasId, IVersioned
{
    public static string Prefix => "key";

    public required Id<ApiKey> Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The beginning and the end of the key's text, to recognise it by.</summary>
    public required string Hint { get; init; }

    public ApiKeyUse Use => IsPublishable ? ApiKeyUse.Publishable : ApiKeyUse.Secret;

    /// <summary>The web origins whose pages may use a publishable key; none of a secret one.</summary>
    public IReadOnlyList<string> Origins => OriginSet.Parse(OriginText).Names;

    /// <summary>What the key may do, each exactly itself: <c>orders:write</c> does not include <c>orders:read</c>. <c>*</c> is everything.</summary>
    public IReadOnlyList<string> Scopes => ScopeText.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>From when it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To the minute. It counts as a change of the key.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The scopes as they are stored, separated by spaces.</summary>
    internal string ScopeText { get; init; } = "";

    internal bool IsPublishable { get; init; }

    /// <summary>The origins as they are stored, separated by spaces.</summary>
    internal string? OriginText { get; init; }

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT k.Id, k.Name, k.Hint, k.Scopes AS ScopeText, k.IsPublishable, k.Origins AS OriginText, k.ExpiresAt, k.LastUsedAt, k.Revision, k.CreatedAt
        FROM ApiKeys k
        WHERE k.TenantId = @TenantId
          AND k.RevokedAt IS NULL
        """);

    internal static readonly TenantSql ById = TenantSql.Of("""
        SELECT k.Id, k.Name, k.Hint, k.Scopes AS ScopeText, k.IsPublishable, k.Origins AS OriginText, k.ExpiresAt, k.LastUsedAt, k.Revision, k.CreatedAt
        FROM ApiKeys k
        WHERE k.TenantId = @TenantId
          AND k.Id = @Id
          AND k.RevokedAt IS NULL
        """);
}

/// <summary>Who is to hold a key.</summary>
public enum ApiKeyUse
{
    /// <summary>A program, which keeps it to itself.</summary>
    Secret,

    /// <summary>Pages, where everyone can read it: it may track visitors and read what is public, from its origins only.</summary>
    Publishable,
}
