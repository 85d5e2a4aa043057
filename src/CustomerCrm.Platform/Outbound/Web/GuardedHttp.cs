using System.Net.Http.Headers;

namespace CustomerCrm.Platform.Outbound.Web;

/// <summary>
/// HTTP to URLs that tenants wrote: no redirect is followed, no proxy or cookie used, each connection goes through
/// <see cref="GuardedConnector"/>, and of the answer no more is read than was asked for, in bounded time.
/// </summary>
public sealed class GuardedHttp(GuardedConnector connector, WebTarget targets) : IDisposable
{
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PreAuthenticate = false,
        ActivityHeadersPropagator = null, // who calls says what is traced
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1), // a pooled connection is not judged again
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        MaxResponseHeadersLength = 16, // kB
        MaxResponseDrainSize = 16 << 10,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        ConnectCallback = async (context, ct) => await connector.ConnectAsync(context.DnsEndPoint, ct),
    });

    /// <param name="request">To an absolute URL.</param>
    /// <param name="mostBytes">How much of the body to read; what follows is never asked for.</param>
    /// <param name="patience">For all of it: name, connection, request, headers and that part of the body.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="WebCallException">There is no answer; its code says why.</exception>
    public async Task<WebAnswer> SendAsync(HttpRequestMessage request, int mostBytes, TimeSpan patience, CancellationToken ct)
    {
        if (!targets.TryRead(request.RequestUri!.OriginalString, out _, out var refusal)) throw new WebCallException(refusal, wasSent: false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            using var response = await http.SendAsync(request, limit.Token);
            var (start, isWhole) = await StartOfAsync(response, mostBytes, limit.Token);
            return new WebAnswer { Status = (int)response.StatusCode, RetryAfter = response.Headers.RetryAfter, Location = response.Headers.Location, Start = start, IsWhole = isWhole };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new WebCallException("timeout", wasSent: true);
        }
        catch (HttpRequestException e)
        {
            throw WebCallException.Of(e);
        }
    }

    public void Dispose() => http.Dispose();

    // The status has the last word: a body that stops in the middle is the body as far as it came.
    private static async Task<(byte[] Start, bool IsWhole)> StartOfAsync(HttpResponseMessage response, int mostBytes, CancellationToken ct)
    {
        var buffer = new byte[mostBytes];
        var (length, isWhole) = (0, false);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            while (length < mostBytes && !isWhole)
            {
                var read = await body.ReadAsync(buffer.AsMemory(length), ct);
                length += read;
                isWhole = read == 0;
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // A slow drip, or a connection that broke.
        }
        return (buffer[..length], isWhole);
    }
}

/// <summary>What came back.</summary>
public sealed record WebAnswer
{
    public required int Status { get; init; }

    /// <summary>As it was said: seconds or a time.</summary>
    public required RetryConditionHeaderValue? RetryAfter { get; init; }

    /// <summary>Where the answer says that it is instead; nothing goes there by itself.</summary>
    public Uri? Location { get; init; }

    /// <summary>The body ended within what was read, and not in its middle.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The first bytes of the body. Somebody else's words: never interpret them.</summary>
    public required byte[] Start { get; init; }
}
