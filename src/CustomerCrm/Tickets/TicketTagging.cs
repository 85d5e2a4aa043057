using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tags;

namespace CustomerCrm.Tickets;

/// <summary>The tags of a ticket, which change with it.</summary>
internal sealed class TicketTagging(TagBook book, TenantDb db, TimeProvider clock)
{
    private static readonly StringComparer sameTag = StringComparer.OrdinalIgnoreCase;

    public async Task<IReadOnlyList<TagBook.Known>> FindOrCreateAsync(IReadOnlyList<string> names, CancellationToken ct)
    {
        var tags = new List<TagBook.Known>();
        foreach (var name in names)
            if (await book.FindOrCreateAsync(name, ct) is var tag && tags.All(other => other.Id != tag.Id)) tags.Add(tag);
        return tags;
    }

    /// <summary>What the tags are with a change. Pure.</summary>
    /// <exception cref="ApiProblem">409: more than a ticket may have.</exception>
    public static IReadOnlyList<string> With(IReadOnlyList<string> current, TicketChange change)
    {
        if (change.Tags.IsSet) return SameOr(current, change.Tags.Value!);
        if ((change.AddTags ?? change.RemoveTags) is null) return current;
        string[] names = [.. current.Union(change.AddTags ?? [], sameTag).Except(change.RemoveTags ?? [], sameTag)];
        return names.Length <= TagBook.MostOnOne ? names : throw ApiProblem.Conflict("too_many_tags", $"A record has at most {TagBook.MostOnOne} tags.");
    }

    public async Task PutAsync(Id<Ticket> ticketId, IReadOnlyList<TagBook.Known> tags, CancellationToken ct)
    {
        foreach (var tag in tags) await db.ExecuteAsync(TicketTags.Put, new { OwnerId = ticketId, TagId = tag.Id, Now = clock.GetUtcNow() }, ct);
    }

    /// <summary>Those that are new to the ticket, made where there are none of the name.</summary>
    public Task<IReadOnlyList<TagBook.Known>> AddedAsync(IReadOnlyList<string> before, IReadOnlyList<string> after, CancellationToken ct) => FindOrCreateAsync([.. after.Except(before, sameTag)], ct);

    public async Task TakeAsync(Id<Ticket> ticketId, IReadOnlyList<string> before, IReadOnlyList<string> after, CancellationToken ct)
    {
        foreach (var name in before.Except(after, sameTag))
            if (await book.FindAsync(name, ct) is { } tag) await db.ExecuteAsync(TicketTags.Take, new { OwnerId = ticketId, TagId = tag.Id }, ct);
    }

    // A tag that is there keeps its own spelling.
    private static string[] SameOr(IReadOnlyList<string> current, IReadOnlyList<string> names) =>
        [.. names.Distinct(sameTag).Select(name => current.FirstOrDefault(tag => sameTag.Equals(tag, name)) ?? name)];
}
