namespace CustomerCrm.Platform;

/// <summary>
/// What of a command line is a setting. .NET also takes <c>/name value</c> for one, and so would take the path of a file after a command for a
/// setting's name, and the setting behind it for its value: another database than the one that was named.
/// </summary>
public static class CommandLine
{
    /// <returns><c>--name=value</c>, and <c>--name value</c> where something follows that is no setting itself.</returns>
    public static string[] SettingsIn(IReadOnlyList<string> args) => Read(args).Settings;

    /// <returns>All else: a command, and what it is about.</returns>
    public static string[] WordsIn(IReadOnlyList<string> args) => Read(args).Words;

    private static (string[] Settings, string[] Words) Read(IReadOnlyList<string> args)
    {
        var (settings, words) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Count; i++)
        {
            var isName = IsName(args[i]);
            (isName ? settings : words).Add(args[i]);
            if (isName && !args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Count && !IsName(args[i + 1])) settings.Add(args[++i]);
        }
        return ([.. settings], [.. words]);
    }

    private static bool IsName(string arg) => arg.StartsWith("--", StringComparison.Ordinal);
}
