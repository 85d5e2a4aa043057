using CustomerCrm.Platform;
using CustomerCrm.Platform.Access.Keys;

namespace CustomerCrm.Tenants;

/// <summary><c>-- operator-key [--replace]</c>: makes a key for the operator and prints it, once. The database must be migrated.</summary>
internal static class OperatorKeyCommand
{
    public const string Name = "operator-key", Replace = "--replace";

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IServiceProvider services, CommandLine said, TextWriter output, CancellationToken ct)
    {
        var replaces = said.Has(Replace);
        var key = await services.GetRequiredService<OperatorKeys>().CreateAsync(replaces, ct);
        await output.WriteLineAsync(key);
        await output.WriteLineAsync(replaces
            ? "This operator key replaces all that were made before. It is shown this once."
            : $"This operator key is shown this once. To end the ones made before, run {Name} {Replace}.");
        return 0;
    }
}
