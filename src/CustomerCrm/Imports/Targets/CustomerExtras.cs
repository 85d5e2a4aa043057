using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tags;

namespace CustomerCrm.Imports.Targets;

/// <summary>What a row says of a customer beside profile and identities: values of the tenant's own fields, and tags. Tags are put on, never taken off.</summary>
internal sealed class CustomerExtras(TenantDb db, CustomFieldReader reader, KnownCustomFields known, TagBook book)
{
    private const string Tags = "tags";

    public static ImportField TagColumn { get; } = new(Tags, FieldForm.Text, "tag", "labels", "label", "schlagworte", "etiketten", "etiquetas");

    public async Task<IEnumerable<ImportField>> ColumnsAsync(CancellationToken ct) => [TagColumn, .. OwnColumns.Of(await known.OfAsync(CustomFieldResource.Customers, ct))];

    /// <summary>The names in a cell: a JSON array, or parted by commas, semicolons or bars. Pure.</summary>
    public static IReadOnlyList<string> TagsIn(IReadOnlyList<(RowReading.Place Place, string? Value)> cells)
    {
        var cell = cells.FirstOrDefault(c => c.Place?.Field.Name == Tags).Value;
        if (string.IsNullOrEmpty(cell)) return [];
        var names = cell[0] == '[' ? FromJson(cell) : cell.Split(',', ';', '|');
        return [.. names.Select(name => name.Trim()).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What would change. A value that is not right is noted in the plan, which is invalid then.</summary>
    public async Task DecideAsync(CustomerPlan plan, CancellationToken ct)
    {
        var before = plan.Current?.CustomFields ?? CustomFieldValues.None;
        plan.Errors.Clear();
        var after = before;
        try
        {
            after = await reader.ReadAsync(CustomFieldResource.Customers, plan.Details!.CustomFields, before, "", ct);
        }
        catch (ApiProblem wrong) when (wrong.Status == StatusCodes.Status422UnprocessableEntity)
        {
            plan.Errors.AddRange(wrong.Errors.Select(e => new RowError(plan.Reading?.ColumnOf(e), e.Code, e.Detail)));
        }
        if (!new TagNameAttribute().IsValid(plan.Tags)) plan.Errors.Add(Error(plan, "tag_name_invalid", new TagNameAttribute().FormatErrorMessage(Tags)));
        var has = plan.Current is null || plan.Tags.Count == 0 ? [] : await TagsOfAsync(plan.Current.Id, ct);
        FieldChange[] added = [.. plan.Tags.Where(tag => !has.Contains(Folded(tag))).Select(tag => new FieldChange { Field = Tags, To = tag })];
        if (has.Count + added.Length > TagBook.MostOnOne) plan.Errors.Add(Error(plan, "too_many_tags", $"A record has at most {TagBook.MostOnOne} tags."));

        if (plan.Errors.Count > 0)
        {
            (plan.Outcome, plan.Reason, plan.Changes, plan.ResourceId) = (ImportOutcome.Invalid, null, [], null);
            return;
        }
        plan.More = [.. OwnColumns.Differences(before, after), .. added];
        if (plan.Outcome == ImportOutcome.Create || plan.More.Count == 0) return;
        (plan.Outcome, plan.Reason, plan.Changes) = (ImportOutcome.Update, null, [.. plan.Changes, .. plan.More]);
    }

    /// <summary>Behind the customer, in the same transaction.</summary>
    public async Task PutTagsAsync(CustomerPlan plan, Id<Customer> customerId, CancellationToken ct)
    {
        try
        {
            foreach (var added in plan.More.Where(change => change.Field == Tags))
                await book.AddAsync(CustomerTags.Owner, customerId.Value, await book.FindOrCreateAsync(added.To!, ct), ct);
        }
        catch (ApiProblem full) when (full.Status == StatusCodes.Status409Conflict)
        {
            plan.Errors.Add(Error(plan, full.Code, full.Message)); // the tenant has as many tags as it may have; the rest of the row holds
        }
    }

    public async Task TakeTagsOffAsync(Id<Customer> customerId, IEnumerable<FieldChange> changes, CancellationToken ct)
    {
        foreach (var added in changes.Where(change => change.Field == Tags))
            if (await book.FindAsync(added.To!, ct) is { } tag) await book.RemoveAsync(CustomerTags.Owner, customerId.Value, tag, ct);
    }

    private async Task<HashSet<string>> TagsOfAsync(Id<Customer> customerId, CancellationToken ct) =>
        [.. (await db.QueryAsync<PutTag>(CustomerTags.Owner.TagsOf, new { OwnerId = customerId }, ct)).Select(tag => Folded(tag.Name))];

    private static string Folded(string tag) => Convert.ToHexString(Tag.KeyOf(tag));

    private static RowError Error(CustomerPlan plan, string code, string detail) => new(plan.Reading?.ColumnOf(new FieldError($"/{Tags}", code, detail)), code, detail);

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
