namespace CustomerCrm.Platform;

/// <summary>
/// What a command line says: a command, what it is about, and settings, which may stand anywhere. .NET also takes <c>/name value</c> for a setting, and
/// so would take the path of a file after a command for a setting's name, and the setting behind it for its value: another database than the one that was named.
/// </summary>
public sealed class CommandLine
{
    private readonly List<(string Name, string? Value)> options = [];
    private readonly List<string> settings = [];

    /// <param name="args">Each <c>--name=value</c> is a setting, and so is <c>--name value</c> where something follows that is no setting itself. All else are words.</param>
    public CommandLine(params IReadOnlyList<string> args)
    {
        var words = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            if (!IsName(args[i]))
            {
                words.Add(args[i]);
                continue;
            }
            settings.Add(args[i]);
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0) options.Add((args[i][..equals], args[i][(equals + 1)..]));
            else if (i + 1 == args.Count || IsName(args[i + 1])) options.Add((args[i], null));
            else
            {
                options.Add((args[i], args[++i]));
                settings.Add(args[i]);
            }
        }
        (Command, Words) = words is [var command, .. var about] ? (command, about) : ("", []);
    }

    /// <summary>The first word; empty where there is none, and the program is to run.</summary>
    public string Command { get; }

    /// <summary>What the command is about: the words behind it.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>As they were written, for the configuration.</summary>
    public IReadOnlyList<string> Settings => settings;

    public bool Has(string name) => options.Any(option => option.Name == name);

    /// <returns>Null where it was not said, or nothing behind it.</returns>
    public string? ValueOf(string name) => options.FirstOrDefault(option => option.Name == name).Value;

    private static bool IsName(string arg) => arg.StartsWith("--", StringComparison.Ordinal);
}
