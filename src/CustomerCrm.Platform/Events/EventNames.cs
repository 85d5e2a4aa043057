namespace CustomerCrm.Platform.Events;

/// <summary>What the events are called that there are, for those who name events that they wait for: a misspelt one would be waited for in vain.</summary>
/// <param name="All">Each once.</param>
public sealed record EventNames(IReadOnlyList<string> All);
