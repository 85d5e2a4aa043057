using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Http;

/// <summary>
/// The requests that somebody waits for just now. Long work in the background stands back for them: it has hours, and they are felt
/// after a tenth of a second. Uploads, streams and reports that may take long do not count.
/// </summary>
public sealed class Foreground(TimeProvider clock)
{
    /// <summary>Long enough for a request, short enough that work goes on where there is always one.</summary>
    private const int MostMillisecondsBack = 20;

    private static readonly TimeSpan remembered = TimeSpan.FromSeconds(2);
    private long lastWrite = clock.GetTimestamp() - (long)(remembered.TotalSeconds * clock.TimestampFrequency);
    private int waiting;

    /// <summary>Somebody waits just now.</summary>
    public bool IsBusy => Volatile.Read(ref waiting) > 0;

    /// <summary>Somebody wrote a moment ago, and so will somebody again.</summary>
    public bool IsWriting => clock.GetElapsedTime(Volatile.Read(ref lastWrite)) < remembered;

    /// <summary>Lets those who wait go first, for a while.</summary>
    public async Task StandBackAsync(CancellationToken ct)
    {
        for (var waited = 0; IsBusy && waited < MostMillisecondsBack; waited++) await Task.Delay(1, ct);
    }

    internal async Task ServeAsync(HttpContext http, RequestDelegate next)
    {
        if (IsWrite(http)) Volatile.Write(ref lastWrite, clock.GetTimestamp());
        Interlocked.Increment(ref waiting);
        try
        {
            await next(http);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private static bool IsWrite(HttpContext http) =>
        !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<StartsWorkMarker>() is null;
}
