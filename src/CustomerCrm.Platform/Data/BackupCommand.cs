using System.Data.Common;

namespace CustomerCrm.Platform.Data;

/// <summary><c>-- backup FILE</c>: a copy of the SQLite database as of one moment, while the program goes on writing.</summary>
public static class BackupCommand
{
    public const string Name = "backup";

    /// <returns>What the process ends with: 0 when the copy is whole and on the disk.</returns>
    public static async Task<int> RunAsync(Database database, string[] args, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        if (args[Array.IndexOf(args, Name)..] is not [_, var file, ..])
            return await RefuseAsync("Say where to: backup FILE.");
        if (database.FileName is null || !File.Exists(database.FileName))
            return await RefuseAsync("There is no SQLite file to back up. SQL Server has backups of its own: deploy/README.md says how.");
        var target = Path.GetFullPath(file);
        if (File.Exists(target))
            return await RefuseAsync($"{target} is there already. Nothing was written.");

        try
        {
            var length = await WriteAsync(database, target, ct);
            await output.WriteLineAsync($"{target}: {length:N0} bytes, checked.");
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
