namespace CustomerCrm.Templates.Fields;

/// <summary>Something that a template can say of the customer, an order, a ticket or the shop.</summary>
/// <param name="Name">As it stands between the braces: <c>customer.first_name</c>.</param>
/// <param name="Type">How it is written.</param>
/// <param name="MayBeEmpty">It needs a default, or an <c>{{#if}}</c> round it.</param>
/// <param name="Sample">What a preview without a real customer shows.</param>
/// <param name="Description">For people.</param>
public sealed record MergeField(string Name, MergeFieldType Type, bool MayBeEmpty, string Sample, string Description);

public enum MergeFieldType
{
    Text,
    Number,

    /// <summary>An amount with its currency: <c>29.90 EUR</c>.</summary>
    Money,

    /// <summary>A day where the tenant is, as its locale writes it: January 31, 2030 or 31. Januar 2030; in languages other than English, German, French and Serbian <c>2030-01-31</c>.</summary>
    Date,

    Boolean,

    /// <summary>An address: of ours for this customer alone, or where the tenant shows a ticket.</summary>
    Link,

    /// <summary>For <c>{{#each}}</c>.</summary>
    List,
}
