using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Events;

/// <summary>The kind of id that events have.</summary>
public sealed record Event : IHasId
{
    public static string Prefix => "evt";
}
