using System.Data.Common;

namespace CustomerCrm.Platform.Data;

/// <summary>
/// <c>-- backup FILE</c>: a copy of the SQLite database as of one moment, while the program goes on writing. Where there are several, each has a
/// file and a moment of its own: <c>crm.db</c> and, of the database eu, <c>crm.eu.db</c>. The first comes last: what it maps is in the others' copies.
/// </summary>
public static class BackupCommand
{
    public const string Name = "backup";

    /// <returns>What the process ends with: 0 when the copy is whole and on the disk.</returns>
    public static async Task<int> RunAsync(Databases databases, CommandLine said, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        if (said.Words is not [var file]) return await RefuseAsync("Say where to: backup FILE.");
        if (databases.All.Any(database => database.FileName is null || !File.Exists(database.FileName)))
            return await RefuseAsync("There is no SQLite file to back up. SQL Server has backups of its own: deploy/README.md says how.");
        var copies = databases.All.Select(database => (database, target: TargetOf(database, file))).ToArray();
        if (copies.FirstOrDefault(copy => File.Exists(copy.target)).target is { } there)
            return await RefuseAsync($"{there} is there already. Nothing was written.");

        try
        {
            foreach (var (database, target) in copies.Reverse())
                await output.WriteLineAsync($"{target}: {await WriteAsync(database, target, ct):N0} bytes, checked.");
            return 0;
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync($"No backup was made. {e.Message}");
        }

        async Task<int> RefuseAsync(string why)
        {
            await errors.WriteLineAsync(why);
            return 1;
        }
    }

    private static string TargetOf(Database database, string file) =>
        Path.GetFullPath(database.Place == Database.Main ? file : Path.ChangeExtension(file, database.Place + Path.GetExtension(file)));

    // Under another name until it is whole, checked and on the disk: a file of the wanted name is always a good backup.
    private static async Task<long> WriteAsync(Database database, string target, CancellationToken ct)
    {
        var part = $"{target}.part";
        File.Delete(part);
        try
        {
            await database.CopyToAsync(part, ct);
            await using (var written = new FileStream(part, FileMode.Open, FileAccess.ReadWrite)) written.Flush(flushToDisk: true);
            File.Move(part, target);
            return new FileInfo(target).Length;
        }
        finally
        {
            File.Delete(part);
        }
    }
}
