using System.Diagnostics;

namespace CustomerCrm.Tests.Webhooks;

/// <summary>Programs of Node's world that look at us from outside.</summary>
internal static class NodePrograms
{
    /// <summary>Runs it in its folder.</summary>
    /// <returns>What it printed.</returns>
    /// <param name="folder">From the root of the repository.</param>
    /// <param name="package">One that it needs.</param>
    /// <param name="arguments">Of node.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="settings">More of its environment.</param>
    public static async Task<string> RunAsync(string folder, string package, string[] arguments, string input, params (string Name, string Value)[] settings)
    {
        var place = Path.Combine([Repository.Root, .. folder.Split('/')]);
        if (!Directory.Exists(Path.Combine(place, "node_modules", package))) Assert.Ignore($"This needs Node and its packages: npm ci in {folder}.");
        var start = new ProcessStartInfo("node", arguments) { WorkingDirectory = place, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"{await output}\n{await errors}");
        return await output;
    }
}
