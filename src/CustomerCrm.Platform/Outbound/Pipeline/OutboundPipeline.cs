using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using CustomerCrm.Platform.Health;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace CustomerCrm.Platform.Outbound.Pipeline;

/// <summary>
/// The one page on failure. From the outside in: a deadline for everything, a bulkhead, retries only where nothing was sent for sure, a
/// circuit breaker, a time limit for each attempt. One for each tenant and provider, so that nobody's trouble is another's.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The bulkhead holds no handle and no timer; and one that is forgotten may still be in use.")]
internal sealed class OutboundPipeline
{
    private readonly string provider;
    private readonly SendTimes times;
    private readonly TimeProvider clock;
    private readonly ConcurrencyLimiter bulkhead;
    private readonly ResiliencePipeline<Attempt> pipeline;

    public OutboundPipeline(string provider, SendTimes times, TimeProvider clock)
    {
        (this.provider, this.times, this.clock) = (provider, times, clock);
        bulkhead = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = times.Concurrency, QueueLimit = times.Concurrency * 10 });
        pipeline = new ResiliencePipelineBuilder<Attempt> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<Attempt>
            {
                MaxRetryAttempts = times.Retries,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { } attempt && RetryWait.IsWorthIt(attempt, times.LongestWait)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(RetryWait.After(args.AttemptNumber, args.Outcome.Result?.Outcome.RetryAfter, Random.Shared.NextDouble())),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Attempt>
            {
                FailureRatio = 0.5,
                MinimumThroughput = times.BreakAfter,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = times.BreakFor,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { End: AttemptEnd.Unreached or AttemptEnd.Lost }),
            })
            .AddTimeout(times.Attempt)
            .Build();
    }

    /// <param name="attempt">One call. It answers a cancelled token with what is known by then, instead of throwing.</param>
    /// <param name="ct">The caller gives up: the program stops.</param>
    /// <exception cref="OperationCanceledException">The caller gave up, and it is not known that the message was accepted or refused.</exception>
    public async Task<SendOutcome> RunAsync(Func<CancellationToken, Task<Attempt>> attempt, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        var outcome = await CallAsync(attempt, ct);
        if (outcome.Result is SendResult.NotSent or SendResult.Unknown) ct.ThrowIfCancellationRequested();
        Telemetry.MessageSent(provider, outcome.Result.ToString().ToLowerInvariant(), outcome.Code, clock.GetElapsedTime(started));
        return outcome;
    }

    private async Task<SendOutcome> CallAsync(Func<CancellationToken, Task<Attempt>> attempt, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(times.Deadline, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            using var place = await bulkhead.AcquireAsync(1, both.Token);
            if (!place.IsAcquired) return SendOutcome.NotSent("bulkhead_full");
            return (await pipeline.ExecuteAsync(static async (call, token) => await call(token), attempt, both.Token)).Outcome;
        }
        catch (BrokenCircuitException e)
        {
            return SendOutcome.NotSent("circuit_open", e.RetryAfter);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return SendOutcome.NotSent("deadline"); // while it waited: for a place, or for the next attempt after one that sent nothing
        }
        catch (TimeoutRejectedException)
        {
            return SendOutcome.Unknown("timeout"); // an attempt that did not say what it came to
        }
    }
}
