namespace CustomerCrm.Platform.Access;

/// <summary>What a live key stands for.</summary>
internal sealed record KeyGrant
{
    public required ApiKeyKind Kind { get; init; }
    public required int TenantId { get; init; }
    public required Guid KeyId { get; init; }
    public required string Name { get; init; }
    public required ScopeSet Scopes { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The origins whose pages may use it: of a publishable key its own, of any other the tenant's.</summary>
    public OriginSet Origins { get; init; } = OriginSet.None;

    public bool IsPublishable => Kind is ApiKeyKind.PublishableLive or ApiKeyKind.PublishableTest;

    /// <summary>
    /// The data set of whoever has no tenant: the operator and, where sign-up is open, anyone. No tenant has this number and no
    /// table holds a row of it but the idempotency records, so a statement that strays here finds nothing.
    /// </summary>
    public const int Installation = 0;

    public static KeyGrant Operator { get; } =
        new() { Kind = ApiKeyKind.Operator, TenantId = Installation, KeyId = Guid.Empty, Name = "Operator", Scopes = ScopeSet.None };
}
