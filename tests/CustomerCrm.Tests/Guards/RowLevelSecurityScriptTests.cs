using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.SqlServer;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CustomerCrm.Tests.Guards;

/// <summary>What deploy/sqlserver/row-level-security.sql would say to SQL Server, read by Microsoft's parser. RowLevelSecurityTests try it on a live one.</summary>
public class RowLevelSecurityScriptTests
{
    private static readonly SecurityPredicateOperation[] everyWrite =
    [
        SecurityPredicateOperation.AfterInsert, SecurityPredicateOperation.AfterUpdate, SecurityPredicateOperation.BeforeUpdate, SecurityPredicateOperation.BeforeDelete,
    ];

    private readonly string[] texts = TextsIn(TSql.Parse(RowLevelSecurity.Script));

    [Test]
    public void The_file_is_what_the_program_runs() =>
        Assert.That(RowLevelSecurity.Script, Is.EqualTo(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "sqlserver", "row-level-security.sql"))));

    [Test]
    public void Every_tenants_table_of_the_migrations_is_behind_the_wall()
    {
        var tables = TenantTables();
        Assert.That(tables, Does.Contain("Customers").And.Contain("Jobs").And.Contain("Tenants"));

        var policy = Policy(tables.Select(name => $"[dbo].[{name}]"));

        var walled = policy.SecurityPredicateActions.ToLookup(a => a.TargetObjectName.BaseIdentifier.Value);
        foreach (var table in tables)
        {
            Assert.That(walled[table].Count(a => a.SecurityPredicateType == SecurityPredicateType.Filter), Is.EqualTo(1), table);
            Assert.That(walled[table].Where(a => a.SecurityPredicateType == SecurityPredicateType.Block).Select(a => a.SecurityPredicateOperation), Is.EquivalentTo(everyWrite), table);
        }
        Assert.That(policy.SecurityPolicyOptions.Single(o => o.OptionKind == SecurityPolicyOptionKind.State).OptionState, Is.EqualTo(OptionState.On));
    }

    [Test]
    public void The_tenants_column_is_an_INT_in_every_table_or_the_predicate_would_not_take_it()
    {
        var others =
            from table in Tables()
            from column in table.Definition.ColumnDefinitions
            where column.ColumnIdentifier.Value == "TenantId"
            where column.DataType is not SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.Int } || !column.Constraints.OfType<NullableConstraintDefinition>().Any(c => !c.Nullable)
            select table.SchemaObjectName.BaseIdentifier.Value;

        Assert.That(others, Is.Empty);
    }

    [TestCase(7, true)]
    [TestCase(8, false)]
    [TestCase(Database.EveryTenant, true)]
    [TestCase(null, false, Description = "A connection that was told nothing.")]
    public void A_row_is_seen_by_its_own_tenant_and_by_what_works_for_all(int? told, bool isSeen)
    {
        var function = texts.Single(t => t.Contains("CREATE FUNCTION", StringComparison.Ordinal));
        TSql.Parse(function);
        var predicate = function[function.IndexOf("SELECT", StringComparison.Ordinal)..].Replace("SESSION_CONTEXT(N'tenant_id')", "@Told", StringComparison.Ordinal);
        using var sqlite = new SqliteConnection("Data Source=:memory:");

        var seen = sqlite.Query<int>(predicate, new { TenantId = 7, Told = told });

        Assert.That(seen.Any(), Is.EqualTo(isSeen));
    }

    // As the script puts it together from its pieces.
    private CreateSecurityPolicyStatement Policy(IEnumerable<string> tables)
    {
        var ofOneTable = texts.Single(t => t.Contains("{table}", StringComparison.Ordinal) && t.Length > "{table}".Length);
        var before = texts.Single(t => t.Contains("CREATE SECURITY POLICY", StringComparison.Ordinal));
        var after = texts.Single(t => t.Contains("STATE = ON", StringComparison.Ordinal));
        var policy = before + string.Join(",", tables.Select(t => ofOneTable.Replace("{table}", t, StringComparison.Ordinal))) + after;
        return (CreateSecurityPolicyStatement)((TSqlScript)TSql.Parse(policy)).Batches.Single().Statements.Single();
    }

    private static string[] TenantTables() =>
        [.. Tables().Where(t => t.Definition.ColumnDefinitions.Any(c => c.ColumnIdentifier.Value == "TenantId")).Select(t => t.SchemaObjectName.BaseIdentifier.Value)];

    private static IEnumerable<CreateTableStatement> Tables() =>
        from script in Migrator.ScriptsFor(typeof(Program).Assembly, "sqlserver")
        from batch in ((TSqlScript)TSql.Parse(script.Text)).Batches
        from table in batch.Statements.OfType<CreateTableStatement>()
        select table;

    private static string[] TextsIn(TSqlFragment script)
    {
        var visitor = new TextVisitor();
        script.Accept(visitor);
        return [.. visitor.Texts.Distinct()];
    }

    private sealed class TextVisitor : TSqlFragmentVisitor
    {
        public List<string> Texts { get; } = [];
        public override void Visit(StringLiteral literal) => Texts.Add(literal.Value);
    }
}
