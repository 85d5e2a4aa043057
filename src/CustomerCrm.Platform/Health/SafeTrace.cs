namespace CustomerCrm.Platform.Health;

/// <summary>
/// An exception for the log: its kinds and where they were thrown. Messages are left out, because they quote what did not
/// parse or was not unique, and that may be someone's address.
/// </summary>
internal static class SafeTrace
{
    public static string Of(Exception e)
    {
        var kinds = new List<string>();
        for (var at = e; at is not null; at = at.InnerException) kinds.Add($"{at.GetType()}{Environment.NewLine}{at.StackTrace}");
        return string.Join($"{Environment.NewLine}caused by ", kinds);
    }
}
