using System.Diagnostics;
using System.Diagnostics.Metrics;
using CustomerCrm.Platform.Data.Secondaries;

namespace CustomerCrm.Platform.Health;

/// <summary>
/// What the program tells about itself, under the name <c>CustomerCrm</c>. Requests, with their route and status (so also the
/// 5xx of each route), are told by ASP.NET Core's own meter. No tag ever names a person; a tenant is not a tag either.
/// </summary>
internal static class Telemetry
{
    public const string Name = "CustomerCrm";

    private static readonly Meter meter = new(Name);
    private static readonly Counter<long> jobs = meter.CreateCounter<long>("crm.jobs", "{job}", "Attempts at jobs, by kind and outcome (done, failed, dead).");
    private static readonly Histogram<double> jobTime = meter.CreateHistogram<double>("crm.job.duration", "s", "How long attempts at jobs took.");
    private static readonly Counter<long> events = meter.CreateCounter<long>("crm.bus.events", "{event}", "Events handed to consumers, by consumer and outcome (done, failed).");
    private static readonly Counter<long> sends = meter.CreateCounter<long>("crm.outbound.sends", "{message}", "Messages handed to providers, by provider, result (accepted, notsent, refused, unknown) and code.");
    private static readonly Histogram<double> sendTime = meter.CreateHistogram<double>("crm.outbound.duration", "s", "How long it took until a provider's answer was known, with all attempts.");
    private static readonly Histogram<double> webhooks = meter.CreateHistogram<double>("crm.webhook.duration", "s", "How long attempts at webhooks took, by outcome (delivered, refused, unanswered).");
    private static readonly Counter<long> busy = meter.CreateCounter<long>("crm.database.busy", "{refusal}", "How often the database was too busy and the caller was told to come again.");

    private static readonly Counter<long> lagging = meter.CreateCounter<long>("crm.database.lagging_reads", "{request}", "Requests and jobs that may be answered by a secondary, by where they were: secondary; or the primary because the tenant had just written (written), or the secondary was too far behind (late) or did not answer (down).");

    public static ActivitySource Source { get; } = new(Name);

    static Telemetry()
    {
        meter.CreateObservableGauge("crm.jobs.oldest_due", () => Backlog.OldestJob.TotalSeconds, "s", "How long the job that has been due longest has waited.");
        meter.CreateObservableGauge("crm.jobs.dead", () => Backlog.DeadJobs, "{job}", "Jobs set aside after their last attempt.");
        meter.CreateObservableGauge("crm.webhooks.oldest_due", () => Backlog.OldestDelivery.TotalSeconds, "s", "How long the webhook delivery that has been due longest has waited; those that are tried again later are not due.");
        meter.CreateObservableGauge("crm.database.secondary_lag", () => SecondaryLag().TotalSeconds, "s", "How far the slowest secondary that answers is behind.");
        meter.CreateObservableGauge("crm.bus.lag", () => Backlog.BusLag, "{event}", "How many events the slowest consumer of any tenant is behind.");
    }

    /// <summary>Refreshed by <see cref="BacklogSampler"/>, because a gauge must answer at once.</summary>
    public static Backlog Backlog { get; set; } = new(TimeSpan.Zero, 0, TimeSpan.Zero, 0);

    /// <summary>Set where there is a secondary.</summary>
    public static Func<TimeSpan> SecondaryLag { get; set; } = () => TimeSpan.Zero;

    public static void JobRan(string kind, string outcome, TimeSpan took)
    {
        jobs.Add(1, new("job.kind", kind), new("outcome", outcome));
        jobTime.Record(took.TotalSeconds, new("job.kind", kind), new("outcome", outcome));
    }

    public static void EventsHandled(string consumer, string outcome, int count) =>
        events.Add(count, new("consumer", consumer), new("outcome", outcome));

    public static void MessageSent(string provider, string result, string? code, TimeSpan took)
    {
        sends.Add(1, new("provider", provider), new("result", result), new("code", code));
        sendTime.Record(took.TotalSeconds, new("provider", provider), new("result", result));
    }
    public static void WebhookSent(string outcome, TimeSpan took) => webhooks.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    public static void DatabaseWasBusy() => busy.Add(1);

    public static void ReadMayLag(ReadPlace place) => lagging.Add(1, new KeyValuePair<string, object?>("place", place switch
    {
        ReadPlace.Secondary => "secondary",
        ReadPlace.Written => "written",
        ReadPlace.Late => "late",
        _ => "down",
    }));
}

/// <summary>What waits to be done, over all tenants.</summary>
internal sealed record Backlog(TimeSpan OldestJob, int DeadJobs, TimeSpan OldestDelivery, long BusLag);
