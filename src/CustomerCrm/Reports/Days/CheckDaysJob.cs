using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Reports.Days;

/// <summary>Tickets went away, or came back: look whether the days that were counted still are what their facts come to.</summary>
public sealed record CheckDays;

/// <summary>Some thousand short looks at an index. Doing it twice does no harm.</summary>
internal sealed class CheckDaysJob(DayBuilding days) : IJob<CheckDays>
{
    public Task RunAsync(CheckDays work, CancellationToken ct) => days.CheckAsync(ct);
}
