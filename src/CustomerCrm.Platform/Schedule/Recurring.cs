using System.Text.Json;
using CustomerCrm.Platform.Jobs;
using Quartz;

namespace CustomerCrm.Platform.Schedule;

/// <summary>
/// Work that comes back by itself. When it is due, one job for each tenant (or one for the installation) is queued, once,
/// however many processes there are. If it was missed while nothing ran, it happens once at the next start, not once for each time missed.
/// </summary>
public sealed record Recurring
{
    private readonly Func<string> payload;

    private Recurring(string name, string cron, bool isPerTenant, Type work, Func<string> payload) =>
        (Name, Cron, IsPerTenant, Kind, this.payload) = (name, CronExpression.Parse(cron), isPerTenant, JobKind.NameOf(work), payload);

    /// <summary>Never reused for something else: its last run is remembered by it.</summary>
    public string Name { get; }

    internal CronExpression Cron { get; }
    internal bool IsPerTenant { get; }
    internal string Kind { get; }

    // Written when it is due, not while the program starts.
    internal string Payload => payload();

    /// <summary>A job for every tenant, at this time of the tenant's own zone.</summary>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="cron">Seconds, minutes, hours, day of month, month, day of week; minutes on a quarter of an hour: <c>0 30 2 * * ?</c>.</param>
    /// <param name="work">What is queued.</param>
    /// <exception cref="FormatException">The expression cannot be read.</exception>
    public static Recurring EachTenant<TWork>(string name, string cron, TWork work) where TWork : notnull =>
        new(name, cron, isPerTenant: true, typeof(TWork), () => JsonSerializer.Serialize(work, JobKind.Json));

    /// <summary>One job for the installation, at this time UTC. It runs without a tenant.</summary>
    /// <inheritdoc cref="EachTenant{TWork}"/>
    public static Recurring Once<TWork>(string name, string cron, TWork work) where TWork : notnull =>
        new(name, cron, isPerTenant: false, typeof(TWork), () => JsonSerializer.Serialize(work, JobKind.Json));

    /// <summary>The last time it was due in this zone after <paramref name="after"/> and not later than <paramref name="now"/>; null if it was not.</summary>
    internal DateTimeOffset? LastDue(TimeZoneInfo zone, DateTimeOffset after, DateTimeOffset now)
    {
        // A long stop is looked over from its last month only: what matters is that something was due, and when last.
        var from = now - after > TimeSpan.FromDays(32) ? now - TimeSpan.FromDays(32) : after;
        var cron = new CronExpression(Cron.CronExpressionString, zone);
        DateTimeOffset? due = null;
        while (cron.GetNextValidTimeAfter(due ?? from) is { } next && next <= now) due = next;
        return due;
    }
}
