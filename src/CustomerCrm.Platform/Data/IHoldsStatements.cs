namespace CustomerCrm.Platform.Data;

/// <summary>Several statements that are made together from names written in the code. The guards of statements try each of them.</summary>
public interface IHoldsStatements
{
    /// <summary>By the name it has there.</summary>
    IEnumerable<(string Name, TenantSql Sql)> Statements { get; }
}
