using System.Runtime.CompilerServices;

namespace CustomerCrm.Tests;

/// <summary>Where the sources are, and the reference data that developers may have beside them.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(ThisFile(), "../../.."));

    /// <summary>The path of a reference file; ignores the test where there is none, since users do not have them.</summary>
    public static string Reference(params string[] path)
    {
        var file = Path.Combine([Root, "..", "shared", .. path]);
        if (!File.Exists(file)) Assert.Ignore($"The reference data is not here: {Path.Combine(path)}.");
        return file;
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
