using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tags;

namespace CustomerCrm.Imports.Targets;

/// <summary>What a row says of a customer beside profile and identities: values of the tenant's own fields, and tags.</summary>
internal sealed class CustomerExtras(CustomFieldReader reader, KnownCustomFields known, TagChanges tags)
{
    public async Task<IEnumerable<ImportField>> ColumnsAsync(CancellationToken ct) => [TagChanges.Column, .. OwnColumns.Of(await known.OfAsync(CustomFieldResource.Customers, ct))];

    /// <summary>What would change. A value that is not right is noted in the plan, which is invalid then.</summary>
    public async Task DecideAsync(CustomerPlan plan, CancellationToken ct)
    {
        var before = plan.Current?.CustomFields ?? CustomFieldValues.None;
        var after = before;
        try
        {
            after = await reader.ReadAsync(CustomFieldResource.Customers, plan.Details!.CustomFields, before, "", ct);
        }
        catch (ApiProblem wrong) when (wrong.Status == StatusCodes.Status422UnprocessableEntity)
        {
            plan.Errors.AddRange(wrong.Errors.Select(e => ErrorOf(plan, e)));
        }
        var (added, refused) = await tags.MissingAsync(CustomerTags.Owner, plan.Current?.Id.Value, plan.Tags, plan.TagsBefore, ct);
        if (refused is not null) plan.Errors.Add(ErrorOf(plan, refused));

        if (plan.Errors.Count > 0)
        {
            (plan.Outcome, plan.Reason, plan.Changes, plan.ResourceId) = (ImportOutcome.Invalid, null, [], null);
            return;
        }
        plan.FieldsAfter = after;
        plan.More = [.. OwnColumns.Differences(before, after), .. added];
        if (plan.Outcome == ImportOutcome.Create || plan.More.Count == 0) return;
        (plan.Outcome, plan.Reason, plan.Changes) = (ImportOutcome.Update, null, [.. plan.Changes, .. plan.More]);
    }

    /// <summary>Behind the customer, in the same transaction.</summary>
    public async Task PutTagsAsync(CustomerPlan plan, Id<Customer> customerId, CancellationToken ct)
    {
        if (await tags.PutOnAsync(CustomerTags.Owner, customerId.Value, plan.More, ct) is { } full) plan.Errors.Add(ErrorOf(plan, full));
    }

    private static RowError ErrorOf(CustomerPlan plan, FieldError error) => plan.Reading?.ErrorOf(error, plan.Row) ?? new RowError(null, error.Code, error.Detail);
}
