using CustomerCrm.Platform.Tenancy.Moving;

namespace CustomerCrm.Tests.Tenancy;

public class TenantTableTests
{
    [Test]
    public void Each_table_comes_behind_those_it_points_to()
    {
        var targets = new Dictionary<string, string[]> { ["A"] = ["C"], ["B"] = [], ["C"] = ["B", "C"], ["D"] = ["A", "Elsewhere"] };

        var ordered = TenantTables.Ordered(targets.Keys.Select(name => new TenantTable(name, [], [])), name => targets[name]);

        Assert.That(ordered.Select(table => table.Name), Is.EqualTo(new[] { "B", "C", "A", "D" }));
    }

    [Test]
    public void Rows_with_other_values_of_other_kinds_are_other_rows()
    {
        object?[][] rows = [["a", "b"], ["ab", ""], ["a", null], [null, "a"], [1L, "b"], ["1", "b"], [1.0, "b"], [new byte[] { 97 }, "b"], [true, "b"], [new DateTime(1), "b"]];

        Assert.That(rows.Select(RowDigest.Of), Is.Unique);
        Assert.That(RowDigest.Of([1, "b"]), Is.EqualTo(RowDigest.Of([1L, "b"])));
    }
}
