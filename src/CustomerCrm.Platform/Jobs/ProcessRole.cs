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

    /// <exception cref="ArgumentException">There is no such role; or it is a part, and the database a SQLite file.</exception>
    public static ProcessRole Of(IConfiguration configuration)
    {
        var (isApi, isWorker) = configuration["Role"]?.ToUpperInvariant() switch
        {
            null or "" or "ALL" => (true, true),
            "API" => (true, false),
            "WORKER" => (false, true),
            _ => throw new ArgumentException($"There is no role '{configuration["Role"]}'. Use all, api or worker."),
        };
        if (!(isApi && isWorker) && (configuration["Database:Engine"] ?? "Sqlite") == "Sqlite")
            throw new ArgumentException("A SQLite file has one owner, which does everything: leave the role at all, or use SQL Server for several processes.");
        return new() { ServesApi = isApi, RunsWork = isWorker && configuration.GetValue("Jobs:Run", true) };
    }
}
