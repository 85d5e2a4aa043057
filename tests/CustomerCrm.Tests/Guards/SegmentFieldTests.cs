using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Products;
using CustomerCrm.Segments;
using CustomerCrm.Segments.Membership;
using CustomerCrm.Segments.Rules;
using CustomerCrm.Segments.Rules.Conditions;
using CustomerCrm.Segments.Rules.Fields;
using CustomerCrm.Tests.Segments;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Tests.Guards;

/// <summary>Every question that a rule can ask, with each of its operators, is tried before a caller does: a new line of the table is guarded at once.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public partial class SegmentFieldTests
{
    private static readonly RuleMoment now = SomePeople.Now;
    private readonly SqliteConnection sqlite = new("Data Source=:memory:");

    public static IEnumerable<TestCaseData> Tests()
    {
        foreach (var field in SegmentFields.All.Append(new CustomFieldQuestion("loyalty_tier")))
            foreach (var op in field.Operators)
                yield return Case($"{field.Name} {op}", new SegmentRule { Field = field.Name, Op = op, Value = JsonSerializer.SerializeToElement(field.Example(op)) });
        yield return Case("orders", new SegmentRule { Orders = new OrderTest { Count = new Bounds { Gte = 3 }, SpendMinor = new Bounds { Lt = 10 }, WithinDays = 90 } });
        yield return Case("no orders", new SegmentRule { Orders = new OrderTest { Count = new Bounds { Eq = 0 } } });
        yield return Case("interactions", new SegmentRule { Interactions = new InteractionTest { WithinDays = 90 } });
        yield return Case("events", new SegmentRule { Events = new EventTest { Name = "viewed", WithinHours = 2 } });
        foreach (var (op, value) in new (string, object)[] { ("eq", "x"), ("eq", 1), ("eq", true), ("gte", 1), ("gt", 1), ("lte", 1), ("lt", 1), ("is_set", true) })
            yield return Case($"events where {op} {value}", new SegmentRule { Events = new EventTest { Name = "viewed", Where = [new PropertyTest { Property = "a", Op = op, Value = JsonSerializer.SerializeToElement(value) }] } });
        yield return Case("sequence", new SegmentRule { Sequence = new SequenceTest { First = "viewed", Then = "bought", GapMinutes = 60 } });
        yield return Case("sequence not followed", new SegmentRule { Sequence = new SequenceTest { First = "viewed", Then = "bought", GapMinutes = 60, IsFollowed = false } });
        yield return Case("products of the catalogue", new SegmentRule { Products = new ProductTest { ProductIds = [Id<Product>.New(), Id<Product>.New()] } });
        yield return Case("products by sku", new SegmentRule { Products = new ProductTest { Skus = ["TEA-1"] } });
        yield return Case("products by name", new SegmentRule { Products = new ProductTest { Names = ["Tea"], Quantity = new Bounds { Eq = 0 } } });
        yield return Case("consent", new SegmentRule { Consent = new ConsentTest { Purpose = MessagePurpose.Marketing, Channel = MessageChannel.Email, Topic = "newsletter", State = ConsentState.Pending } });
        yield return Case("consent of all topics", new SegmentRule { Consent = new ConsentTest { Purpose = MessagePurpose.Marketing, Channel = MessageChannel.Email } });
        yield return Case("segment", new SegmentRule { Segment = Id<Segment>.New() });
        yield return Case("a birthday over the turn of the year", new SegmentRule { Field = "birthday", Op = "within_days", Value = JsonSerializer.SerializeToElement(360) });
    }

    [OneTimeSetUp]
    public void CreateSchema()
    {
        sqlite.Open();
        foreach (var script in Migrator.ScriptsFor(typeof(Program).Assembly, "sqlite")) sqlite.Execute(script.Text);
    }

    [OneTimeTearDown]
    public void Close() => sqlite.Dispose();

    [TestCaseSource(nameof(Tests))]
    public void Is_T_SQL_that_keeps_to_the_tenant(SegmentRule rule)
    {
        foreach (var sql in StatementsOf(rule))
            Assert.That(TSql.TablesWithoutTenant(TSql.Parse(sql.SqlServer)), Is.Empty, sql.SqlServer);
    }

    [TestCaseSource(nameof(Tests))]
    public void Compiles_against_the_SQLite_schema(SegmentRule rule)
    {
        foreach (var sql in StatementsOf(rule))
        {
            var names = ParameterName().Matches(sql.Sqlite).Select(m => m.Value).Distinct();
            lock (sqlite)
                sqlite.Query("EXPLAIN " + sql.Sqlite, new DynamicParameters(names.ToDictionary(n => n, _ => (object?)null)));
        }
    }

    [TestCaseSource(nameof(Tests))]
    public void Its_example_is_a_value_it_takes(SegmentRule rule)
    {
        if (rule.Field is { } name) Assert.That(SegmentFields.Find(name)!.WhyNot(rule.Op!, rule.Value!.Value), Is.Null);
        Assert.That(rule.WrongWhole("Rule"), Is.Null);
    }

    private static IEnumerable<TenantSql> StatementsOf(SegmentRule rule)
    {
        var condition = rule.ToCondition(now);
        return
        [
            SegmentMembership.Among.And(condition), SegmentMembership.Among.And(condition.Not()), PreviewSegment.Count.And(condition),
            SegmentSweep.Entering.And(condition), SegmentSweep.Leaving.And(condition.Not()), SegmentSweep.Join.And(condition),
        ];
    }

    private static TestCaseData Case(string name, SegmentRule rule) => new TestCaseData(rule).SetArgDisplayNames(name);

    [GeneratedRegex("@[A-Za-z0-9]+")]
    private static partial Regex ParameterName();
}
