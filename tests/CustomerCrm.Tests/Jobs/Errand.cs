using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Tests.Jobs;

/// <summary>Work for tests.</summary>
internal sealed record Errand(string Name);

/// <summary>Does what the test says, and notes what ran, as whom.</summary>
internal sealed class ErrandJob(CurrentTenant tenant, ErrandLog log) : IJob<Errand>, IGivesUp<Errand>
{
    public Task RunAsync(Errand work, CancellationToken ct)
    {
        lock (log.Ran) log.Ran.Add((tenant.Id, work.Name));
        return log.Do(work.Name, ct);
    }

    public Task GiveUpAsync(Errand work, string code, CancellationToken ct)
    {
        lock (log.GivenUp) log.GivenUp.Add((tenant.Id, work.Name, code));
        return log.OnGivenUp();
    }
}

internal sealed class ErrandLog
{
    public List<(int Tenant, string Name)> Ran { get; } = [];
    public Func<string, CancellationToken, Task> Do { get; set; } = (_, _) => Task.CompletedTask;
    public List<(int Tenant, string Name, string Code)> GivenUp { get; } = [];
    public Func<Task> OnGivenUp { get; set; } = () => Task.CompletedTask;
    public IEnumerable<string> Names => Ran.Select(r => r.Name);
}
