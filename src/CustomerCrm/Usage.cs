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

    private static readonly (string Name, string More, string Does)[] commands =
    [
        ("", "", "Runs the API and the work behind it; --role api or --role worker only one of them."),
        ("migrate", "", "Brings the database to this version and ends."),
        (OperatorKeyCommand.Name, " [--replace]", "Makes the operator's key and prints it once."),
        (ImportCommand.Name, " FILE --tenant T [--resource customers]", "Imports a file."),
        (BackupCommand.Name, " FILE", "Copies the SQLite database while the program writes on."),
        (MoveTenantCommand.Name, " TENANT --to DATABASE", "Moves a tenant to another database."),
        (OpenApiCommand.Name, " [FILE]", "Writes the OpenAPI document."),
    ];

    /// <returns>The exit code, where there is nothing more to do.</returns>
    public static async Task<int?> AnswerAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var command = CommandLine.WordsIn(args).FirstOrDefault() ?? "";
        if (args.Contains("--help") || command is "help" or "-h" or "-?")
        {
            await output.WriteLineAsync(Text);
            return 0;
        }
        if (commands.Any(known => known.Name == command)) return null;
        await errors.WriteLineAsync($"There is no command '{command}'.\n\n{Text}");
        return ExitCode;
    }

    private static string Text =>
        $"""
        CustomerCrm [COMMAND] [--Section:Setting value …]

        {string.Join('\n', commands.Select(command => $"  {command.Name + command.More,-46}{command.Does}"))}

        Settings and their defaults: appsettings.json. Each also as an environment variable, with __ for the colon.
        """;
}
