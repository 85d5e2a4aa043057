using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Lists;

/// <summary>What can be asked of a list: for the OpenAPI document and for refusing what cannot.</summary>
public interface IListDefinition
{
    IReadOnlyList<ListParameter> Parameters { get; }

    /// <summary>A statement for each filter and order, so that none is tried by a caller first.</summary>
    internal IEnumerable<(string Name, TenantSql Sql)> EveryStatement();
}

/// <summary>One query parameter of a list.</summary>
/// <param name="Name">As it stands in the address: <c>filter[status][eq]</c>.</param>
/// <param name="Description">What it does, for integrators.</param>
/// <param name="Type">What its value is.</param>
public sealed record ListParameter(string Name, string Description, FilterType Type);
