using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Records;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CustomerCrm.Tests.Guards;

/// <summary>What goes into the bin with a record is all that hangs on it: the written lists of tables are held equal to the schema.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public class RecordTests
{
    /// <summary>Tables that name customers and are in no record: the event feed, which says what happened and is pruned by itself.</summary>
    private static readonly string[] apart = ["Events"];

    private static readonly CreateTableStatement[] tables =
        [.. Migrator.ScriptsFor(typeof(Program).Assembly, "sqlserver").SelectMany(s => ((TSqlScript)TSql.Parse(s.Text)).Batches).SelectMany(b => b.Statements).OfType<CreateTableStatement>()];

    private readonly SqliteConnection sqlite = new("Data Source=:memory:");

    public static IEnumerable<RecordKind> Kinds() =>
    [
        CustomerCrm.Customers.CustomerRecord.Kind, CustomerCrm.Orders.OrderRecord.Kind, CustomerCrm.Interactions.InteractionRecord.RecordKind, CustomerCrm.Tickets.TicketRecord.RecordKind,
        CustomerCrm.Companies.CompanyRecord.RecordKind, CustomerCrm.Products.ProductRecord.RecordKind, CustomerCrm.Conversations.ConversationRecord.RecordKind,
    ];

    [OneTimeSetUp]
    public void CreateSchema()
    {
        sqlite.Open();
        foreach (var script in Migrator.ScriptsFor(typeof(Program).Assembly, "sqlite")) sqlite.Execute(script.Text);
    }

    [OneTimeTearDown]
    public void Close() => sqlite.Dispose();

    [Test]
    public void Every_kind_is_registered() =>
        Assert.That(TestApi.Services.GetServices<RecordKind>(), Is.EquivalentTo(Kinds()));

    [TestCaseSource(nameof(Kinds))]
    public void The_tables_of_a_record_are_those_that_its_deletion_reaches(RecordKind kind)
    {
        var reached = new HashSet<string> { kind.Root.Name };
        while (tables.Where(t => !reached.Contains(NameOf(t)) && KeysOf(t).Any(k => k.DeleteAction == DeleteUpdateAction.Cascade && reached.Contains(TargetOf(k)))).Select(NameOf).ToArray() is { Length: > 0 } more)
            reached.UnionWith(more);

        Assert.That(kind.Tables.Where(t => !t.IsUntied).Select(t => t.Name), Is.EquivalentTo(reached), $"The record {kind.Name} is the list of all tables with rows that hang on it.");
    }

    [Test]
    public void Every_table_that_names_a_customer_is_of_the_customers_record()
    {
        var naming = tables.Where(t => t.Definition.ColumnDefinitions.Any(c => c.ColumnIdentifier.Value == "CustomerId")).Select(NameOf).Except(apart);

        Assert.That(naming, Is.SubsetOf(CustomerCrm.Customers.CustomerRecord.Kind.Tables.Select(t => t.Name)));
    }

    [TestCaseSource(nameof(Kinds))]
    public void What_rows_point_to_beside_their_record_is_written_down(RecordKind kind)
    {
        var silent =
            from table in kind.Tables
            from key in KeysOf(tables.Single(t => NameOf(t) == table.Name))
            let column = key.Columns[^1].Value
            let target = TargetOf(key)
            where target != "Tenants" && target != kind.Root.Name && !table.PointsTo.ContainsKey(column) && table.Key != column
            select $"{table.Name}.{column} → {target}";

        Assert.That(silent, Is.Empty, "A row whose other owner is gone cannot be restored: name it in PointsTo.");
    }

    [TestCaseSource(nameof(Kinds))]
    public void Statements_that_move_rows_keep_to_the_tenant_on_both_engines(RecordKind kind)
    {
        foreach (var table in kind.Tables)
        {
            string[] columns;
            lock (sqlite) columns = [.. sqlite.Query<string>("SELECT name FROM pragma_table_info(@Name)", new { table.Name }).Where(c => c != "TenantId")];
            Assert.That(new[] { table.KnownBy, table.Yields }.OfType<string>().Concat(table.Spare?.Columns ?? []).Distinct(), Is.SubsetOf(columns), table.Name);
            TenantSql[] statements = [RecordSql.Read(table, columns), RecordSql.Insert(table, columns), RecordSql.Hold(kind.Root), RecordSql.Delete(table), RecordSql.HoldMany(kind.Root), RecordSql.Touched(kind, []), .. table.PointsTo.Values.Select(RecordSql.Exists)];
            foreach (var sql in statements)
            {
                Assert.That(TSql.TablesWithoutTenant(TSql.Parse(sql.SqlServer)), Is.Empty, sql.SqlServer);
                lock (sqlite)
                    sqlite.Query("EXPLAIN " + sql.Sqlite, new DynamicParameters(columns.Append("TenantId").Append("RecordId").Append("Revision").Append("Id").Append("ActorKind").Append("ActorId").Distinct().ToDictionary(n => n, _ => (object?)null)));
            }
        }
    }

    private static string NameOf(CreateTableStatement table) => table.SchemaObjectName.BaseIdentifier.Value;

    private static IEnumerable<ForeignKeyConstraintDefinition> KeysOf(CreateTableStatement table) => table.Definition.TableConstraints.OfType<ForeignKeyConstraintDefinition>();

    private static string TargetOf(ForeignKeyConstraintDefinition key) => key.ReferenceTableName.BaseIdentifier.Value;
}
