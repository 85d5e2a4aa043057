using System.Net.Sockets;
using System.Security.Authentication;

namespace CustomerCrm.Platform.Outbound.Pipeline;

/// <summary>
/// What an answer, or the lack of one, says about whether something was sent. Everything here leans one way: what is not certain is unknown,
/// because a second message cannot be taken back.
/// </summary>
internal static class SendClassification
{
    /// <summary>An answer that is not the one by which the provider accepts.</summary>
    /// <param name="status">Of HTTP.</param>
    /// <param name="retryAfter">What the provider asks for.</param>
    /// <param name="providerCode">Its own code, where it gave one that can be shown.</param>
    public static Attempt OfStatus(int status, TimeSpan? retryAfter = null, string? providerCode = null) => status switch
    {
        429 => new(SendOutcome.NotSent("rate_limited", retryAfter), AttemptEnd.Throttled),
        401 => new(SendOutcome.Refused("credentials_refused"), AttemptEnd.Answered),
        >= 300 and < 400 => new(SendOutcome.Refused("redirected"), AttemptEnd.Answered), // never followed: it would hand the key to somebody else
        >= 400 and < 500 => new(SendOutcome.Refused(providerCode ?? $"http_{status}"), AttemptEnd.Answered),
        >= 500 and < 600 => new(SendOutcome.Unknown($"http_{status}"), AttemptEnd.Lost),
        _ => new(SendOutcome.Unknown("answer_unexpected"), AttemptEnd.Lost),
    };

    /// <summary>There was no answer.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="isHandedOver">The provider may have all it needs to send: from the first byte of a request's body, or of the line that ends an e-mail.</param>
    public static Attempt OfFailure(Exception failure, bool isHandedOver) => isHandedOver
        ? new(SendOutcome.Unknown(failure is OperationCanceledException ? "timeout" : "connection_lost"), AttemptEnd.Lost)
        : new(SendOutcome.NotSent(CodeOf(failure)), AttemptEnd.Unreached);

    private static string CodeOf(Exception failure) => failure switch
    {
        OperationCanceledException or TimeoutException => "connect_timeout",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "dns_failed",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or AuthenticationException => "tls_failed",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "dns_failed",
        SocketException { SocketErrorCode: SocketError.TimedOut } => "connect_timeout",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } or SocketException => "connect_failed",
        _ => "not_reached",
    };
}
