using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Lists;

/// <summary>
/// What tenants add to a list by fields of their own: <c>filter[prefix.name][op]</c> and <c>sort=prefix.name</c>. Which fields there
/// are is asked when the list is. Their values stand in a table of their own (alias v: the field, the key of the value and the row it is of).
/// </summary>
public abstract class OwnFields<T>
{
    /// <summary>What stands before a field's name on the wire: <c>custom_fields</c>.</summary>
    public abstract string Prefix { get; }

    /// <summary>The list's rows, begun at the values: a SELECT that ends in its WHERE. For few rows, and for the order of the values.</summary>
    public abstract TenantSql ByValue { get; }

    /// <summary>The values alone, likewise: to see how many rows a question finds.</summary>
    public abstract TenantSql Values { get; }

    /// <summary>The row a value is of, as both statements call it: <c>v.CustomerId</c>.</summary>
    public abstract string RowColumn { get; }

    /// <summary>One that stands for all: for the guard that tries every statement.</summary>
    public abstract OwnField<T> Example { get; }

    /// <returns>Null: this tenant has no such field.</returns>
    public abstract ValueTask<OwnField<T>?> FindAsync(string name, IServiceProvider services, CancellationToken ct);
}

/// <summary>One of a tenant's own fields, as a list asks it.</summary>
public sealed record OwnField<T>
{
    /// <summary>By name: <c>eq</c>, <c>gte</c>.</summary>
    public required IReadOnlyDictionary<string, OwnOperator> Operators { get; init; }

    /// <summary>The key of a row's value; null where it has none.</summary>
    public required Func<T, byte[]?> KeyOf { get; init; }

    /// <summary>Of a value (v): it is of this field and in this range.</summary>
    public required Func<ValueRange, Condition> IsWithin { get; init; }

    /// <summary>Of a row of the list: it has such a value. Never NULL.</summary>
    public required Func<ValueRange, Condition> HasWithin { get; init; }
}

/// <summary>A way a field can be asked.</summary>
/// <param name="Type">What its value is.</param>
/// <param name="TakesMany">Several, with commas between.</param>
/// <param name="Ranges">What the value must be in; any of them will do.</param>
public sealed record OwnOperator(FilterType Type, bool TakesMany, Func<object[], ValueRanges> Ranges);

/// <summary>Any of these ranges; or none of them.</summary>
public sealed record ValueRanges(IReadOnlyList<ValueRange> Any, bool IsNegated = false)
{
    /// <param name="hasWithin">The condition of one range.</param>
    public Condition ToCondition(Func<ValueRange, Condition> hasWithin) =>
        IsNegated ? Condition.Any(Any.Select(hasWithin)).Not() : Condition.Any(Any.Select(hasWithin));
}
