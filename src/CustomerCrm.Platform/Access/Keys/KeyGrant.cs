using CustomerCrm.Platform.Access.Origins;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Platform.Access.Keys;

/// <summary>What a live key stands for.</summary>
internal sealed record KeyGrant
{
    public required ApiKeyKind Kind { get; init; }
    public required int TenantId { get; init; }

    /// <summary>Of a person it is the session's.</summary>
    public required Guid KeyId { get; init; }

    public required string Name { get; init; }
    public required ScopeSet Scopes { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The origins whose pages may use it: of a publishable key its own, of any other the tenant's.</summary>
    public OriginSet Origins { get; init; } = OriginSet.None;

    public bool IsPublishable => Kind is ApiKeyKind.PublishableLive or ApiKeyKind.PublishableTest;

    /// <summary>Of a person or an invitation, which of the tenant's data sets; a key of a program says it by its kind.</summary>
    public bool IsTest { get; init; }

    /// <summary>Who is signed in; null for a key of a program.</summary>
    public SignedInUser? User { get; init; }

    /// <summary>
    /// The data set of whoever has no tenant: the operator and, where sign-up is open, anyone. No tenant has this number and no
    /// table holds a row of it but the idempotency records, so a statement that strays here finds nothing.
    /// </summary>
    public const int Installation = 0;

    public static KeyGrant Operator { get; } =
        new() { Kind = ApiKeyKind.Operator, TenantId = Installation, KeyId = Guid.Empty, Name = "Operator", Scopes = ScopeSet.None };
}

/// <summary>A person in the tenant that was chosen at sign-in.</summary>
public sealed record SignedInUser
{
    public required Guid UserId { get; init; }

    /// <summary>The same in every tenant; never shown.</summary>
    public required Guid PersonId { get; init; }

    public required string Email { get; init; }
    public required Role Role { get; init; }
}
