using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Membership;

/// <summary>In which order segments are settled: those that others ask about come first.</summary>
internal static class SegmentOrder
{
    public static IReadOnlyList<Segment> Of(IReadOnlyList<Segment> segments)
    {
        if (segments.All(segment => segment.Rule?.OtherSegments.Any() != true)) return segments;

        var byId = segments.ToDictionary(segment => segment.Id);
        var (ordered, met) = (new List<Segment>(segments.Count), new HashSet<Id<Segment>>());
        foreach (var segment in segments) Place(segment);
        return ordered;

        // Circles are refused when rules are written; one that got by would end here, too.
        void Place(Segment segment)
        {
            if (!met.Add(segment.Id)) return;
            foreach (var other in segment.Rule?.OtherSegments ?? [])
                if (byId.TryGetValue(other, out var asked)) Place(asked);
            ordered.Add(segment);
        }
    }
}
