using System.Text.Json;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tags;

namespace CustomerCrm.Imports.Targets;

/// <summary>Tags of customers and orders that a column names: put on, never taken off. As a change of a row each is one of the field <c>tags</c>.</summary>
internal sealed class TagChanges(TenantDb db, TagBook book)
{
    private const string Field = "tags";

    public static ImportField Column { get; } = new(Field, FieldForm.Text, "tag", "labels", "label", "schlagworte", "etiketten", "etiquetas");

    /// <summary>The names in a cell: a JSON array, or parted by commas, semicolons or bars, each perhaps in quotes. Pure.</summary>
    public static IReadOnlyList<string> In(IReadOnlyList<(RowReading.Place Place, string? Value)> cells)
    {
        var cell = cells.FirstOrDefault(c => c.Place?.Field.Name == Field).Value;
        if (string.IsNullOrEmpty(cell)) return [];
        var names = cell[0] == '[' ? FromJson(cell) : cell.Split(',', ';', '|');
        return [.. names.Select(name => name.Trim()).Select(name => name is ['"', _, .., '"'] ? name[1..^1].Trim() : name).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    public static bool IsOne(FieldChange change) => change.Field == Field;

    /// <summary>The tags that changes put on.</summary>
    public static IEnumerable<string> Of(IEnumerable<FieldChange> changes) => changes.Where(IsOne).Select(change => change.To!);

    /// <param name="owner">What is tagged.</param>
    /// <param name="id">Null: it is not there yet.</param>
    /// <param name="wanted">What the row names.</param>
    /// <param name="rehearsed">What earlier rows of a dry run would have put on.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What it does not have yet; or what is wrong with that.</returns>
    public async Task<(IReadOnlyList<FieldChange> Added, FieldError? Wrong)> MissingAsync(
        TagOwner owner, Guid? id, IReadOnlyList<string> wanted, IReadOnlyCollection<string> rehearsed, CancellationToken ct)
    {
        if (wanted.Count == 0) return ([], null);
        if (!new TagNameAttribute().IsValid(wanted)) return ([], new FieldError($"/{Field}", "tag_name_invalid", new TagNameAttribute().FormatErrorMessage(Field)));
        var has = id is { } known ? await AllOfAsync(owner, known, ct) : [];
        has.UnionWith(rehearsed.Select(Folded));
        FieldChange[] added = [.. wanted.Where(tag => !has.Contains(Folded(tag))).Select(tag => new FieldChange { Field = Field, To = tag })];
        return has.Count + added.Length > TagBook.MostOnOne ? ([], new FieldError($"/{Field}", "too_many_tags", $"A record has at most {TagBook.MostOnOne} tags.")) : (added, null);
    }

    /// <summary>Behind the record, in the same transaction.</summary>
    /// <returns>Why not all could be put on: the tenant has as many as it may have. The rest of the row holds.</returns>
    public async Task<FieldError?> PutOnAsync(TagOwner owner, Guid id, IEnumerable<FieldChange> changes, CancellationToken ct)
    {
        try
        {
            foreach (var tag in Of(changes)) await book.AddAsync(owner, id, await book.FindOrCreateAsync(tag, ct), ct);
            return null;
        }
        catch (ApiProblem full) when (full.Status == StatusCodes.Status409Conflict)
        {
            return new FieldError($"/{Field}", full.Code, full.Message);
        }
    }

    public async Task TakeOffAsync(TagOwner owner, Guid id, IEnumerable<FieldChange> changes, CancellationToken ct)
    {
        foreach (var name in Of(changes))
            if (await book.FindAsync(name, ct) is { } tag) await book.RemoveAsync(owner, id, tag, ct);
    }

    /// <summary>Whether changes put tags on a record, and it has no others.</summary>
    public async Task<bool> AreAllOfAsync(TagOwner owner, Guid id, IReadOnlyCollection<FieldChange> changes, CancellationToken ct) =>
        changes.Any(IsOne) && (await AllOfAsync(owner, id, ct)).IsSubsetOf(Of(changes).Select(Folded));

    private async Task<HashSet<string>> AllOfAsync(TagOwner owner, Guid id, CancellationToken ct) =>
        [.. (await db.QueryAsync<PutTag>(owner.TagsOf, new { OwnerId = id.ToByteArray(bigEndian: true) }, ct)).Select(tag => Folded(tag.Name))];

    private static string Folded(string tag) => Convert.ToHexString(Tag.KeyOf(tag));

    private static string[] FromJson(string cell)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(cell) ?? [];
        }
        catch (JsonException)
        {
            return [cell];
        }
    }
}
