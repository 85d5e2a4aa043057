using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Sessions;

/// <summary>What a session is held by. Neither token is kept here, so neither is ever shown again.</summary>
public record Tokens
{
    public required Id<Session> SessionId { get; init; }

    /// <summary>Send it as <c>Authorization: Bearer …</c>, like a key.</summary>
    /// <example>crm_user_8Zk2fQ7mVn4LtX9cRb3WyH6sDp1GaJ0KxPz2</example>
    public required string AccessToken { get; init; }

    public required DateTimeOffset AccessExpiresAt { get; init; }

    /// <summary>For the next two tokens, once. If it is sent a second time, the session ends.</summary>
    /// <example>crm_refresh_8Zk2fQ7mVn4LtX9cRb3WyH6sDp1GaJ0KxPz2</example>
    public required string RefreshToken { get; init; }

    public required DateTimeOffset RefreshExpiresAt { get; init; }

    internal static Tokens Of(IssuedTokens issued) => new()
    {
        SessionId = new Id<Session>(issued.SessionId),
        AccessToken = issued.Access,
        AccessExpiresAt = issued.AccessExpiresAt,
        RefreshToken = issued.Refresh,
        RefreshExpiresAt = issued.RefreshExpiresAt,
    };
}
