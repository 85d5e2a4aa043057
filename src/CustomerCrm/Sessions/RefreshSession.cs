using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Sessions;

/// <summary>POST /sessions/refresh: the next two tokens for a refresh token.</summary>
public static class RefreshSession
{
    public sealed record Request
    {
        /// <example>crm_refresh_8Zk2fQ7mVn4LtX9cRb3WyH6sDp1GaJ0KxPz2</example>
        [StringLength(100)] public required string RefreshToken { get; init; }
    }

    internal static async Task<Tokens> Handle(Request request, SessionTokens tokens, CancellationToken ct) =>
        await tokens.RefreshAsync(request.RefreshToken, ct) is { } issued
            ? Tokens.Of(issued)
            : throw ApiProblem.Unauthorized("session_ended", "The refresh token is not valid, or its session has ended. Sign in again.");
}
