using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Benchmarks.Kill;

/// <summary>What the kills fell upon, read from the file that the dead program left.</summary>
internal sealed class KilledWork
{
    /// <summary>Rounds in which an import was half written.</summary>
    public int DuringImport { get; private set; }

    /// <summary>Rounds in which a job was at work.</summary>
    public int DuringJobs { get; private set; }

    public SortedSet<string> Kinds { get; } = [];

    public void Note(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        var running = connection.Query<string>("SELECT Kind FROM Jobs WHERE State = 1").AsList();
        if (running.Count > 0) DuringJobs++;
        if (connection.ExecuteScalar<long>("SELECT COUNT(*) FROM Imports WHERE Status = 4") > 0) DuringImport++;
        Kinds.UnionWith(running);
    }

    /// <summary>Whether a job is at work, or will be within the minute. The end of a promise is looked at when it comes, hours from now.</summary>
    public static bool IsAnyDue(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        return connection.ExecuteScalar<long>("SELECT COUNT(*) FROM Jobs WHERE State < 2 AND DueAt < strftime('%Y-%m-%d %H:%M:%f', 'now', '+1 minute')") > 0;
    }

    /// <summary>Counted once for each consumer that has not read them.</summary>
    public static long UnreadEvents(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        return connection.ExecuteScalar<long>("SELECT COALESCE(SUM(h.LastSeq - c.LastSeq), 0) FROM EventHeads h JOIN EventConsumers c ON c.TenantId = h.TenantId");
    }
}
