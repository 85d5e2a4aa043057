using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using CustomerCrm.Platform.Health;
using CustomerCrm.Platform.Outbound.Pipeline;

namespace CustomerCrm.Platform.Outbound.Http;

/// <summary>
/// Calls providers' APIs. Nothing is followed, nothing unpacked, and no more of an answer is read than anybody could need, however long it
/// is and however slowly it drips. A <c>traceparent</c> goes along (W3C Trace Context), so that a provider's log finds ours.
/// </summary>
internal sealed class ProviderHttp(TimeProvider clock) : IDisposable
{
    private const int MostOfAnswer = 64 << 10;
    private static readonly TimeSpan longestRetryAfter = TimeSpan.FromDays(1);

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 32,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
        UseProxy = false,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>One attempt to send.</summary>
    /// <param name="url">Of the provider.</param>
    /// <param name="content">What is sent: one for each attempt.</param>
    /// <param name="authorization">Its secret.</param>
    /// <param name="judge">What an answer means.</param>
    /// <param name="ct">When it fires, the attempt ends with what is known by then.</param>
    public async Task<Attempt> PostAsync(Uri url, MarkedContent content, AuthenticationHeaderValue authorization, Func<ProviderAnswer, Attempt> judge, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.Authorization = authorization;
        try
        {
            return judge(await CallAsync(request, ct));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return SendClassification.OfFailure(e, content.IsTaken);
        }
    }

    /// <returns>Null: no answer, whatever the reason.</returns>
    public async Task<ProviderAnswer?> GetAsync(Uri url, AuthenticationHeaderValue authorization, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = authorization;
        try
        {
            return await CallAsync(request, ct);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<ProviderAnswer> CallAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var activity = Telemetry.Source.StartActivity("provider.call", ActivityKind.Client) ?? new Activity("provider.call").Start();
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        return new ProviderAnswer
        {
            Status = (int)response.StatusCode,
            RetryAfter = RetryAfterOf(response.Headers.RetryAfter),
            MessageId = response.Headers.TryGetValues("X-Message-Id", out var ids) ? ids.First() : null,
            Body = await ReadAsync(response.Content, ct),
        };
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken ct)
    {
        var (buffer, length) = (new byte[MostOfAnswer], 0);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(ct);
            while (length < buffer.Length)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), ct);
                if (read == 0) return buffer[..length];
                length += read;
            }
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return null; // the status stands
        }
    }

    private TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);
        return wait is not { } span ? null : span < TimeSpan.Zero ? TimeSpan.Zero : span > longestRetryAfter ? longestRetryAfter : span;
    }
}
