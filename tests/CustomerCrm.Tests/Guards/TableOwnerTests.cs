using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.Guards;

/// <summary>Any feature may read any table of its tenant; only one feature writes it. (The platform stands below all of them: it makes tenants.)</summary>
public class TableOwnerTests
{
    [Test]
    public void Each_table_is_written_by_one_feature()
    {
        var writers =
            from statement in EveryStatement.Fields<Sql>().Concat(EveryStatement.Fields<IHoldsStatements>().SelectMany(held => held.Value.Statements.Select(one => (held.Field, Value: (Sql)one.Sql))))
            where statement.Field.DeclaringType!.Assembly == typeof(Program).Assembly
            let owner = OwnerOf(statement.Field.DeclaringType!)
            from table in TSql.TablesWritten(TSql.Parse(statement.Value.SqlServer))
            group owner by table into table
            where table.Distinct().Count() > 1
            select $"{table.Key}: {string.Join(", ", table.Distinct())}";

        Assert.That(writers, Is.Empty);
    }

    // CustomerCrm.Orders.Refunds → Orders
    private static string OwnerOf(Type type) => type.Namespace!.Split('.')[1];
}
