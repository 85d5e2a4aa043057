using Microsoft.Extensions.Configuration;

namespace CustomerCrm.Platform.Jobs;

/// <summary>
/// What this process is for: <c>--role all|api|worker</c>. Several processes need SQL Server; a SQLite file has one owner,
/// whose role is <c>all</c>.
/// </summary>
public sealed record ProcessRole
{
    /// <summary>Answers <c>/v1</c>. Health is answered in every role.</summary>
    public required bool ServesApi { get; init; }

    /// <summary>Runs jobs, the bus and the schedule. Never when <c>Jobs:Run</c> is false.</summary>
    public required bool RunsWork { get; init; }

    /// <exception cref="ArgumentException">There is no such role.</exception>
    public static ProcessRole Of(IConfiguration configuration)
    {
        var runs = configuration.GetValue("Jobs:Run", true);
        return configuration["Role"]?.ToUpperInvariant() switch
        {
            null or "" or "ALL" => new() { ServesApi = true, RunsWork = runs },
            "API" => new() { ServesApi = true, RunsWork = false },
            "WORKER" => new() { ServesApi = false, RunsWork = runs },
            var other => throw new ArgumentException($"There is no role '{other}'. Use all, api or worker."),
        };
    }
}
