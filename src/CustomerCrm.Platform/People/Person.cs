namespace CustomerCrm.Platform.People;

/// <summary>Who signs in: one address, one password and perhaps a second factor, for all the tenants they work for.</summary>
public sealed record Person
{
    public required byte[] PersonId { get; init; }
    public required string Email { get; init; }
    public required string EmailKey { get; init; }
    public required string Name { get; init; }
    public required string PasswordHash { get; init; }

    /// <summary>Sealed; null where there is no second factor.</summary>
    public byte[]? TotpSecret { get; init; }

    /// <summary>Sealed; waits for its first code.</summary>
    public byte[]? NewTotpSecret { get; init; }

    /// <summary>Of the last code that was taken.</summary>
    public required long TotpStep { get; init; }

    public bool HasSecondFactor => TotpSecret is not null;

    /// <summary>What the secrets of the second factor are sealed for.</summary>
    internal string SealingPlace => $"totp:{Convert.ToHexStringLower(PersonId)}";
}

/// <summary>A person in one data set of a tenant, as found at sign-in.</summary>
public sealed record Membership
{
    public required int TenantId { get; init; }
    public required byte[] UserId { get; init; }
    public required byte[] PersonId { get; init; }
    public required Role Role { get; init; }
    public required byte[] AccountId { get; init; }
    public required string TenantName { get; init; }
    public required bool IsTest { get; init; }
}
