using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CustomerCrm.Tests.Guards;

/// <summary>Microsoft's own T-SQL parser, so that SQL Server's grammar is checked where no SQL Server runs.</summary>
internal static class TSql
{
    public static TSqlFragment Parse(string text)
    {
        var tree = new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);
        Assert.That(errors.Select(e => $"line {e.Line}: {e.Message}"), Is.Empty, text);
        return tree;
    }

    /// <summary>Table aliases that no condition ties to a tenant.</summary>
    public static IEnumerable<string> TablesWithoutTenant(TSqlFragment statement)
    {
        var named = new CommonTableVisitor();
        statement.Accept(named);
        var seen = new TenantVisitor(named.Names);
        statement.Accept(seen);
        return seen.Tables.Except(seen.Tied, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The tables that a statement inserts into, updates or deletes from.</summary>
    public static IEnumerable<string> TablesWritten(TSqlFragment statement)
    {
        var seen = new WriteVisitor();
        statement.Accept(seen);
        return seen.Tables;
    }

    private sealed class CommonTableVisitor : TSqlFragmentVisitor
    {
        public HashSet<string> Names { get; } = new(StringComparer.OrdinalIgnoreCase);
        public override void Visit(CommonTableExpression table) => Names.Add(table.ExpressionName.Value);
    }

    private sealed class TenantVisitor(HashSet<string> commonTables) : TSqlFragmentVisitor
    {
        public List<string> Tables { get; } = [];
        public HashSet<string> Tied { get; } = new(StringComparer.OrdinalIgnoreCase);

        public override void Visit(NamedTableReference table)
        {
            // A common table is made of tables that are looked at where it is defined.
            if (!commonTables.Contains(table.SchemaObject.BaseIdentifier.Value))
                Tables.Add(table.Alias?.Value ?? table.SchemaObject.BaseIdentifier.Value);
        }

        /// <summary>An INSERT is tied by naming the column; what it selects from is visited like any query.</summary>
        public override void Visit(InsertSpecification insert)
        {
            if (insert.Columns.Any(c => IsTenantId(c.MultiPartIdentifier)) && insert.Target is NamedTableReference target)
                Tied.Add(target.SchemaObject.BaseIdentifier.Value);
        }

        public override void Visit(BooleanComparisonExpression comparison)
        {
            if (comparison.ComparisonType != BooleanComparisonType.Equals) return;
            foreach (var side in new[] { comparison.FirstExpression, comparison.SecondExpression })
                if (side is ColumnReferenceExpression { MultiPartIdentifier: { } name } && IsTenantId(name))
                    Tied.Add(name.Identifiers.Count > 1 ? name.Identifiers[^2].Value : Tables.LastOrDefault() ?? "");
        }

        private static bool IsTenantId(MultiPartIdentifier name) =>
            name.Identifiers[^1].Value.Equals("TenantId", StringComparison.OrdinalIgnoreCase);
    }

    private sealed class WriteVisitor : TSqlFragmentVisitor
    {
        public List<string> Tables { get; } = [];

        public override void Visit(DataModificationSpecification write)
        {
            if (write.Target is NamedTableReference table) Tables.Add(table.SchemaObject.BaseIdentifier.Value);
        }
    }
}
