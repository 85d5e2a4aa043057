using CustomerCrm.Imports.Command;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.OpenApi;
using CustomerCrm.Platform.Tenancy.Moving;
using CustomerCrm.Tenants;

namespace CustomerCrm;

/// <summary>What the program says of its commands. A mistyped one does nothing: it would else start the server, and migrate before.</summary>
internal static class Usage
{
    /// <summary>As <c>EX_USAGE</c> of sysexits.h.</summary>
    private const int ExitCode = 64;

    private static readonly (string Name, int Words, string More, string Does)[] commands =
    [
        ("", 0, "", "Runs the API and the work behind it; --role api or --role worker only one of them."),
        ("migrate", 0, "", "Brings the database to this version and ends."),
        (OperatorKeyCommand.Name, 0, " [--replace]", "Makes the operator's key and prints it once."),
        (ImportCommand.Name, 1, " FILE --tenant T [--resource customers]", "Imports a file."),
        (BackupCommand.Name, 1, " FILE", "Copies the SQLite database while the program writes on."),
        (MoveTenantCommand.Name, 1, " TENANT --to DATABASE", "Moves a tenant to another database."),
        (OpenApiCommand.Name, 1, " [FILE]", "Writes the OpenAPI document."),
    ];

    /// <returns>The exit code, where there is nothing more to do.</returns>
    public static async Task<int?> AnswerAsync(CommandLine said, TextWriter output, TextWriter errors)
    {
        if (said.Has("--help") || said.Command is "help" or "-h" or "-?")
        {
            await output.WriteLineAsync(Text);
            return 0;
        }
        var known = commands.Where(command => command.Name == said.Command).ToArray();
        if (known is [var command] && said.Words.Count <= command.Words) return null;
        await errors.WriteLineAsync($"{(known is [] ? $"There is no command '{said.Command}'." : $"'{said.Command}' does not know what to do with '{said.Words[^1]}'.")}\n\n{Text}");
        return ExitCode;
    }

    private static string Text =>
        $"""
        CustomerCrm [COMMAND] [--Section:Setting value …]

        {string.Join('\n', commands.Select(command => $"  {command.Name + command.More,-46}{command.Does}"))}

        Settings and their defaults: appsettings.json. Each also as an environment variable, with __ for the colon.
        """;
}
