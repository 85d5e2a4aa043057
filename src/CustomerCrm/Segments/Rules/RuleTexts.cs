using System.Collections.Concurrent;
using System.Text.Json;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Segments.Rules;

/// <summary>Rules as they were last read: the same ones are asked after every change of a customer, and rules never change in themselves.</summary>
internal static class RuleTexts
{
    private const int Most = 10_000;
    private static readonly ConcurrentDictionary<string, SegmentRule> known = new(StringComparer.Ordinal);

    public static SegmentRule Read(string text)
    {
        if (known.TryGetValue(text, out var rule)) return rule;
        if (known.Count >= Most) known.Clear();
        return known[text] = JsonSerializer.Deserialize<SegmentRule>(text, StrictJson.Options)!;
    }
}
