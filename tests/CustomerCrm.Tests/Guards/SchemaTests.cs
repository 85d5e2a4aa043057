using CustomerCrm.Platform.Data;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CustomerCrm.Tests.Guards;

/// <summary>Keys begin with the tenant, so that a row cannot point into another one's data.</summary>
public class SchemaTests
{
    /// <summary>The written list of tables that belong to the installation and to no tenant.</summary>
    private static readonly string[] withoutTenant = ["OperatorKeys", "InstallationSecrets", "ScheduledRuns", "ReadinessProbes", "People", "RecoveryCodes", "PasswordResets", "Signups"];

    private static readonly CreateTableStatement[] tables = [.. Statements<CreateTableStatement>().Where(t => !t.SchemaObjectName.BaseIdentifier.Value.StartsWith("QRTZ_", StringComparison.Ordinal))];

    [Test]
    public void Every_primary_key_unique_constraint_and_foreign_key_begins_with_the_tenant()
    {
        var wrong =
            from table in tables
            let name = table.SchemaObjectName.BaseIdentifier.Value
            where !withoutTenant.Contains(name)
            from columns in table.Definition.TableConstraints.Select(KeyOf).Where(c => c is not null)
            where columns![0] != "TenantId"
            select $"{name} ({string.Join(", ", columns)})";

        Assert.That(tables, Is.Not.Empty);
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Every_table_has_a_primary_key_and_only_the_written_list_has_no_tenant()
    {
        var keyless = tables.Where(t => !t.Definition.TableConstraints.OfType<UniqueConstraintDefinition>().Any(c => c.IsPrimaryKey));
        var tenantless = tables.Where(t => t.Definition.ColumnDefinitions.All(c => c.ColumnIdentifier.Value != "TenantId"));

        Assert.That(keyless.Select(t => t.SchemaObjectName.BaseIdentifier.Value), Is.Empty);
        Assert.That(tenantless.Select(t => t.SchemaObjectName.BaseIdentifier.Value), Is.SubsetOf(withoutTenant));
    }

    [Test]
    public void Every_unique_index_begins_with_the_tenant()
    {
        var wrong = Statements<CreateIndexStatement>()
            .Where(i => i.Unique && i.Columns[0].Column.MultiPartIdentifier.Identifiers[^1].Value != "TenantId")
            .Where(i => !withoutTenant.Contains(i.OnName.BaseIdentifier.Value));

        Assert.That(wrong.Select(i => i.Name.Value), Is.Empty);
    }

    [Test]
    public void Every_constraint_has_a_name()
    {
        var nameless = tables.SelectMany(t => t.Definition.TableConstraints).Where(c => c.ConstraintIdentifier is null);

        Assert.That(nameless, Is.Empty);
    }

    private static string[]? KeyOf(ConstraintDefinition constraint) => constraint switch
    {
        UniqueConstraintDefinition unique => [.. unique.Columns.Select(c => c.Column.MultiPartIdentifier.Identifiers[^1].Value)],
        ForeignKeyConstraintDefinition foreign => [.. foreign.Columns.Select(c => c.Value)],
        _ => null,
    };

    private static IEnumerable<T> Statements<T>() where T : TSqlStatement =>
        from script in Migrator.ScriptsFor(typeof(Program).Assembly, "sqlserver")
        let batches = ((TSqlScript)TSql.Parse(script.Text)).Batches
        from statement in batches.SelectMany(b => b.Statements).OfType<T>()
        select statement;
}
