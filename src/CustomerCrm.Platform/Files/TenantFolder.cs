using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Files;

/// <summary>Files in a folder of the disk, one folder for each tenant in it. Several processes must share the disk.</summary>
internal sealed class TenantFolder(IOptions<FileStoreOptions> options, Database database, CurrentTenant tenant) : IFileStore
{
    public async Task<long> SaveAsync(string name, Stream content, long most, CancellationToken ct)
    {
        var path = PathOf(name);
        try
        {
            await using var file = File.Create(path);
            var buffer = new byte[1 << 16];
            for (long written = 0; ;)
            {
                var read = await content.ReadAsync(buffer, ct);
                if (read == 0) return written;
                written += read;
                if (written > most) throw ApiProblem.Other(413, "body_too_large", $"The file is larger than {most >> 20} MiB.");
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    public Stream Create(string name) => File.Create(PathOf(name));

    public Stream Open(string name) => new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);

    public bool Has(string name) => File.Exists(PathOf(name));

    public void Remove(string name) => File.Delete(PathOf(name));

    // Names are made here, from ids; one with a separator in it is a mistake of ours.
    private string PathOf(string name)
    {
        if (Path.GetFileName(name) != name) throw new ArgumentException("A file's name holds no path.", nameof(name));
        var root = options.Value.Folder ?? (database.FileName is { } file ? $"{file}-files" : Path.Combine(AppContext.BaseDirectory, "files"));
        var folder = Path.Combine(root, tenant.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }
}

/// <summary>The section <c>Files</c> of the configuration.</summary>
public sealed class FileStoreOptions
{
    /// <summary>Where they are kept. Beside the database file, if nothing is said.</summary>
    public string? Folder { get; set; }
}
