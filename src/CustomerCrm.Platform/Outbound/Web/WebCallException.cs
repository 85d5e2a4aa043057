namespace CustomerCrm.Platform.Outbound.Web;

/// <summary>A call that had no answer.</summary>
/// <param name="code">For programs: <c>timeout</c>, <c>name_not_found</c>, <c>connection_failed</c>, <c>tls_failed</c>, <c>connection_reset</c>, <c>answer_invalid</c>, <c>internal_address</c>, or a refusal of <see cref="WebTarget"/>.</param>
/// <param name="wasSent">False: it is certain that nothing was sent. True: the other side may have acted on it.</param>
/// <param name="inner">What the framework said.</param>
public sealed class WebCallException(string code, bool wasSent, Exception? inner = null) : Exception(code, inner)
{
    public string Code => Message;
    public bool WasSent { get; } = wasSent;

    internal static WebCallException Of(HttpRequestException e) => e switch
    {
        { InnerException: InternalAddressException } => new("internal_address", wasSent: false, e),
        { HttpRequestError: HttpRequestError.NameResolutionError } => new("name_not_found", wasSent: false, e),
        { HttpRequestError: HttpRequestError.SecureConnectionError } => new("tls_failed", wasSent: false, e),
        { HttpRequestError: HttpRequestError.ConnectionError } => new("connection_failed", wasSent: false, e),
        { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError } => new("answer_invalid", wasSent: true, e),
        _ => new("connection_reset", wasSent: true, e),
    };
}
