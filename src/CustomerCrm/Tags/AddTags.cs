using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Tags;

/// <summary>Tags to put on one record, by their names.</summary>
/// <example>{"names":["VIP","wholesale"]}</example>
public sealed record AddTags
{
    /// <summary>Those that are not there yet are made.</summary>
    [MinLength(1), MaxLength(TagBook.MostOnOne), TagName] public required IReadOnlyList<string> Names { get; init; }

    internal async Task<TagsPut> PutAsync(TagOwner owner, Guid id, TenantDb db, TagBook book, CancellationToken ct)
    {
        var names = Names.DistinctBy(Tag.KeyOf, ByBytes.Comparer).ToArray();
        var before = await db.QueryAsync<PutTag>(owner.TagsOf, new { OwnerId = id.ToByteArray(bigEndian: true) }, ct);
        var keys = before.Select(tag => Tag.KeyOf(tag.Name)).ToHashSet(ByBytes.Comparer);
        if (before.Count + names.Count(name => !keys.Contains(Tag.KeyOf(name))) > TagBook.MostOnOne)
            throw ApiProblem.Conflict("too_many_tags", $"A record has at most {TagBook.MostOnOne} tags.");

        var added = 0;
        foreach (var name in names)
            if (!keys.Contains(Tag.KeyOf(name)) && await book.AddAsync(owner, id, await book.FindOrCreateAsync(name, ct), ct)) added++;
        return new TagsPut { Added = added, AlreadyThere = names.Length - added };
    }

    private sealed class ByBytes : IEqualityComparer<byte[]>
    {
        public static readonly ByBytes Comparer = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj)
        {
            var hash = new HashCode();
            hash.AddBytes(obj);
            return hash.ToHashCode();
        }
    }
}

/// <summary>What putting tags on has done.</summary>
public sealed record TagsPut
{
    public required int Added { get; init; }
    public required int AlreadyThere { get; init; }
}

/// <summary>A tag on a record.</summary>
/// <example>{"id":"tag_01mv4q0800ebxvvk1mr9tcr6ws","name":"VIP","added_at":"2030-01-15T09:00:00Z"}</example>
public sealed record PutTag
{
    public required Id<Tag> Id { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
}
