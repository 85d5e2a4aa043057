using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Tests.Jobs;

/// <summary>Work for tests.</summary>
internal sealed record Errand(string Name);

/// <summary>Does what the test says, and notes what ran, as whom.</summary>
internal sealed class ErrandJob(CurrentTenant tenant, ErrandLog log) : IJob<Errand>
{
    public Task RunAsync(Errand work, CancellationToken ct)
    {
        lock (log.Ran) log.Ran.Add((tenant.Id, work.Name));
        return log.Do(work.Name, ct);
    }
}

internal sealed class ErrandLog
{
    public List<(int Tenant, string Name)> Ran { get; } = [];
    public Func<string, CancellationToken, Task> Do { get; set; } = (_, _) => Task.CompletedTask;
    public IEnumerable<string> Names => Ran.Select(r => r.Name);
}
