using System.Text.Json;
using CustomerCrm.Platform.History;

namespace CustomerCrm.Tests.History;

public class FieldDifferencesTests
{
    private sealed record Thing
    {
        public required int Revision { get; init; }
        public string? FirstName { get; init; }
        public IReadOnlyList<string> Tags { get; init; } = [];
        public IReadOnlyDictionary<string, JsonElement> CustomFields { get; init; } = new Dictionary<string, JsonElement>();
        [NotInHistory] public int Total { get; init; }
    }

    [Test]
    public void What_is_the_same_is_not_named_nor_what_only_follows()
    {
        var before = new Thing { Revision = 1, FirstName = "Ana", Tags = ["a", "b"], Total = 1 };

        var after = new Thing { Revision = 2, FirstName = "Ana", Tags = ["a", "b"], Total = 2 };

        Assert.That(FieldDifferences.Between(before, after), Is.Empty);
    }

    [Test]
    public void What_differs_is_named_as_on_the_wire_with_both_values() =>
        Assert.That(
            FieldDifferences.Between(new Thing { Revision = 1, FirstName = "Ana" }, new Thing { Revision = 1, Tags = ["a"] }),
            Is.EqualTo(new[] { new FieldDifference("first_name", "\"Ana\"", null), new FieldDifference("tags", "[]", """["a"]""") }));

    [Test]
    public void Each_member_of_a_dictionary_counts_by_itself()
    {
        var before = new Thing { Revision = 1, CustomFields = Fields("""{"size":4,"colour":"red","since":null}""") };

        var after = new Thing { Revision = 1, CustomFields = Fields("""{"size":5,"colour":"red","pet":"cat"}""") };

        Assert.That(FieldDifferences.Between(before, after), Is.EqualTo(new[]
        {
            new FieldDifference("custom_fields.pet", null, "\"cat\""),
            new FieldDifference("custom_fields.size", "4", "5"),
        }));
    }

    private static Dictionary<string, JsonElement> Fields(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
