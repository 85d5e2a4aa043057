using System.Text.RegularExpressions;

namespace CustomerCrm.Tests.Guards;

public partial class FeatureDependencyTests
{
    /// <summary>A feature may use another feature's types, but never in a circle.</summary>
    [Test]
    public void Features_do_not_depend_on_each_other_in_a_circle()
    {
        var root = Path.Combine(Repository.Root, "src", "CustomerCrm");
        var uses = Directory.GetDirectories(root).ToDictionary(
            feature => Path.GetFileName(feature)!,
            feature => Directory.EnumerateFiles(feature, "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => UsingFeature().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value))
                .Where(used => used != Path.GetFileName(feature)).ToHashSet());
        Assert.That(uses, Does.ContainKey("Customers"));

        while (uses.Where(f => f.Value.All(used => !uses.ContainsKey(used))).Select(f => f.Key).ToList() is { Count: > 0 } leaves)
            leaves.ForEach(leaf => uses.Remove(leaf));

        Assert.That(uses.Keys, Is.Empty, "These features form a circle.");
    }

    [GeneratedRegex(@"^using (?:static )?CustomerCrm\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex UsingFeature();
}
