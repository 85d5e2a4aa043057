namespace CustomerCrm.Platform;

/// <summary>A name that an owner gives to something of theirs, as it is told apart from others and sorted: case and spaces around it make no other name.</summary>
public static class NormalizedName
{
    public static string Of(string name) => name.Trim().ToLowerInvariant();
}
