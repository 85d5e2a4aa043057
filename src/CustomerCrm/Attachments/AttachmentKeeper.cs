using System.Security.Cryptography;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Attachments;

/// <summary>Keeps files: looks at what they are, and says so in a row of their own. Until an entry takes one it is nobody's.</summary>
internal sealed class AttachmentKeeper(TenantDb db, IFileStore files, TimeProvider clock)
{
    /// <summary>Of one file, whatever the channel.</summary>
    public const long MostBytes = 25 << 20;

    private const int LongestName = 200;

    /// <summary>Writes the file. Its row is written by <see cref="AddAsync"/>.</summary>
    /// <exception cref="ApiProblem">413: too long. 422: nothing that can be kept.</exception>
    public async Task<Attachment> SaveAsync(Stream content, string? fileName, long most, CancellationToken ct)
    {
        var (id, name) = (Id<Attachment>.New(), NameOf(fileName));
        var stored = Attachment.StoredName(id);
        var bytes = await files.SaveAsync(stored, content, most, ct);
        try
        {
            await using var file = files.Open(stored);
            var head = new byte[FileSniffing.HeadLength];
            var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
            var mediaType = FileSniffing.Of(head.AsSpan(0, length), name) ?? throw ApiProblem.Invalid("", "attachment_type", bytes == 0 ? "The file is empty." : "The file is a program, or nothing that is known. It can be text, a picture, sound, a film, a PDF, an office document or an archive.");
            file.Position = 0;
            return new Attachment { Id = id, FileName = name, MediaType = mediaType, Bytes = bytes, Hash = await SHA256.HashDataAsync(file, ct), CreatedAt = clock.GetUtcNow() };
        }
        catch
        {
            files.Remove(stored);
            throw;
        }
    }

    /// <summary>The row of a file that was saved.</summary>
    public Task AddAsync(Attachment attachment, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        await db.ExecuteAsync(Insert, new { attachment.Id, attachment.FileName, attachment.MediaType, attachment.Bytes, attachment.Hash, attachment.VisitorId, attachment.CreatedAt }, ct);
        await db.ExecuteAsync(InsertFile, new { attachment.Id }, ct);
    }, ct);

    /// <summary>A file that came with something else, in a transaction of its own: what nobody takes is forgotten after a day.</summary>
    /// <returns>Null: it can not be kept.</returns>
    public async Task<Attachment?> TryKeepAsync(Stream content, string? fileName, CancellationToken ct)
    {
        try
        {
            var attachment = await SaveAsync(content, fileName, MostBytes, ct);
            await AddAsync(attachment, ct);
            return attachment;
        }
        catch (ApiProblem)
        {
            return null;
        }
    }

    /// <summary>A name without a path, and nothing in it that cannot be seen. Pure.</summary>
    internal static string NameOf(string? sent)
    {
        var name = string.Concat((sent ?? "").Split('/', '\\')[^1].Where(c => !char.IsControl(c) && c is not ('\u202E' or '\u202D' or '"' or '<' or '>' or ':' or '|' or '?' or '*'))).Trim(' ', '.');
        if (name.Length == 0) return "file";
        if (name.Length <= LongestName) return name;
        var extension = Path.GetExtension(name);
        return extension.Length is > 0 and <= 10 ? name[..(LongestName - extension.Length)] + extension : name[..LongestName];
    }

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Attachments (TenantId, Id, FileName, MediaType, Bytes, Sha256, VisitorId, CreatedAt)
        VALUES (@TenantId, @Id, @FileName, @MediaType, @Bytes, @Hash, @VisitorId, @CreatedAt)
        """);

    private static readonly TenantSql InsertFile = TenantSql.Of("INSERT INTO AttachmentFiles (TenantId, AttachmentId) VALUES (@TenantId, @Id)");
}
