using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Http;

/// <summary>Settings <c>Requests</c>.</summary>
public sealed class RequestOptions
{
    /// <summary>How long a request may take, once it is let in. Uploads, downloads, streams and routes that say so may take longer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")] public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>
/// Ends a request that takes too long as if its caller had gone, so that its transaction is undone, and says so: 503. A statement that has
/// begun on SQLite runs to its end first; what was committed by then is answered as what it is.
/// </summary>
internal sealed class TimeLimitMiddleware(RequestDelegate next, IOptions<RequestOptions> options, Foreground foreground)
{
    // Timers are kept and set again: making one for each request would cost more than the rest of this.
    private readonly ConcurrentBag<CancellationTokenSource> idle = [];

    public Task InvokeAsync(HttpContext http) =>
        http.GetEndpoint()?.Metadata is { } says && (says.GetMetadata<LongMarker>() ?? says.GetMetadata<FileBody>() ?? (object?)says.GetMetadata<FileAnswer>()) is not null
            ? next(http)
            : foreground.ServeAsync(http, LimitAsync);

    private async Task LimitAsync(HttpContext http)
    {
        var gone = http.RequestAborted;
        var limit = idle.TryTake(out var kept) ? kept : new CancellationTokenSource();
        limit.CancelAfter(options.Value.TimeLimit);
        var leaving = gone.UnsafeRegister(static limit => ((CancellationTokenSource)limit!).Cancel(), limit);
        http.RequestAborted = limit.Token;
        try
        {
            await next(http);
        }
        catch (Exception e) when (e is not ApiProblem && limit.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            throw ApiProblem.Other(503, "request_timeout", "This took too long and was given up. Nothing was changed.", TimeSpan.FromSeconds(1), e);
        }
        finally
        {
            await leaving.DisposeAsync();
            http.RequestAborted = gone;
            if (limit.TryReset()) idle.Add(limit);
            else limit.Dispose();
        }
    }
}
