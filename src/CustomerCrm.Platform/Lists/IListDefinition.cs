using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Lists;

/// <summary>What can be asked of a list: for the OpenAPI document and for refusing what cannot.</summary>
public interface IListDefinition
{
    IReadOnlyList<ListParameter> Parameters { get; }

    /// <summary>What a row is.</summary>
    Type RowType { get; }

    /// <summary>The orders, forward.</summary>
    IReadOnlyList<string> Sorts { get; }

    IReadOnlyList<ListFilter> Filters { get; }

    /// <summary>What the names of tenants' own fields begin with; null where there are none.</summary>
    string? OwnPrefix { get; }

    /// <summary>A statement for each filter and order, so that none is tried by a caller first.</summary>
    internal IEnumerable<(string Name, TenantSql Sql)> EveryStatement();
}

/// <summary>One query parameter of a list.</summary>
/// <param name="Name">As it stands in the address: <c>filter[status][eq]</c>.</param>
/// <param name="Description">What it does, for integrators.</param>
/// <param name="Type">What its value is.</param>
public sealed record ListParameter(string Name, string Description, FilterType Type);

/// <summary>How a list begins with the rows that a filter finds.</summary>
/// <param name="Rows">Where it is known which rows these are (alias v): a SELECT 1 that ends in its WHERE.</param>
/// <param name="ByRows">The list's own statement, begun there.</param>
/// <param name="IsAmong">Of v: it is of a row for which this value of the filter holds.</param>
public sealed record ListStart(TenantSql Rows, TenantSql ByRows, Func<object, Condition> IsAmong)
{
    /// <summary>A row has one such value at most, so that looking for several finds none twice.</summary>
    public bool HasOneEach { get; init; }
}

/// <summary>One question that a list takes.</summary>
/// <param name="Field">What is asked.</param>
/// <param name="Operator">How: <c>eq</c>, <c>gte</c>.</param>
/// <param name="TakesMany">Several values, with commas between.</param>
/// <param name="Type">What its value is.</param>
public sealed record ListFilter(string Field, string Operator, bool TakesMany, FilterType Type);
