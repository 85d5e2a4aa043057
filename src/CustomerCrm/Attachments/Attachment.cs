using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Attachments;

/// <summary>A file that belongs to a message or a note.</summary>
public sealed record Attachment : IHasId
{
    public static string Prefix => "att";

    public required Id<Attachment> Id { get; init; }

    /// <example>receipt.pdf</example>
    public required string FileName { get; init; }

    /// <summary>What the file is, by what it holds and not by what it is called.</summary>
    /// <example>application/pdf</example>
    public required string MediaType { get; init; }

    /// <summary>How long it is.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(Hash);

    /// <summary>The file is gone, because what it belonged to was redacted.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    [JsonIgnore]
    internal byte[] Hash { get; init; } = [];

    [JsonIgnore]
    internal byte[]? EntryId { get; init; }

    [JsonIgnore]
    internal byte[]? VisitorId { get; init; }

    /// <summary>What the file store calls it.</summary>
    internal static string StoredName(Id<Attachment> id) => $"{id}";

    /// <summary>Ends in its WHERE, so that others narrow the same statement.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT a.Id, a.FileName, a.MediaType, a.Bytes, a.Sha256 AS Hash, a.EntryId, a.VisitorId, a.ErasedAt, a.CreatedAt
        FROM Attachments a
        WHERE a.TenantId = @TenantId
        """);
}
