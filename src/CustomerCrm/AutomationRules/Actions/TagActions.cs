using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tags;

namespace CustomerCrm.AutomationRules.Actions;

/// <summary>Puts tags on the customer.</summary>
internal sealed class TagCustomer(TenantDb db, TagBook book) : RuleAction<AddTags>
{
    public override string Name => "tag_customer";
    public override string Description => "Puts tags on the customer whom the event is about; those that are not there yet are made.";
    public override object Example => new AddTags { Names = ["big spender"] };

    protected override async Task<ActionResult> RunAsync(AddTags with, FiringContext firing, CancellationToken ct)
    {
        var put = await with.PutAsync(CustomerTags.Owner, firing.Customer.Value, db, book, ct);
        return put.Added > 0 ? Done("customer", firing.Customer.ToString()) : Unchanged("customer", firing.Customer.ToString());
    }
}

/// <summary>Takes tags off the customer.</summary>
internal sealed class UntagCustomer(TagBook book) : RuleAction<UntagCustomer.Arguments>
{
    public new sealed record Arguments
    {
        [MinLength(1), MaxLength(50)] public required IReadOnlyList<string> Names { get; init; }
    }

    public override string Name => "untag_customer";
    public override string Description => "Takes tags off the customer whom the event is about.";
    public override object Example => new Arguments { Names = ["new"] };

    protected override async Task<ActionResult> RunAsync(Arguments with, FiringContext firing, CancellationToken ct)
    {
        var removed = false;
        foreach (var name in with.Names)
            if (await book.FindAsync(name, ct) is { } tag) removed |= await book.RemoveAsync(CustomerTags.Owner, firing.Customer.Value, tag, ct);
        return removed ? Done("customer", firing.Customer.ToString()) : Unchanged("customer", firing.Customer.ToString());
    }
}
