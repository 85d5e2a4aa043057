using System.Globalization;
using System.Text.Json;
using CustomerCrm.Analytics;

namespace CustomerCrm.Tests.Analytics;

/// <summary>
/// The published purchase data and results beside the repository (<c>../shared</c>), which are not carried in it. A test that
/// asks for them is skipped where they are absent.
/// </summary>
internal static class SharedReference
{
    private static readonly string? Folder = Find(AppContext.BaseDirectory);

    public static string[][] Csv(string path) => [.. File.ReadLines(Existing(path)).Skip(1).Select(line => line.Split(','))];

    public static JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllText(Existing(path))).RootElement;

    public static Purchase[] Purchases(string path) =>
        [.. Csv(path).Select(row => new Purchase(Customer(row[0]), Day(row[1]), Number(row[^1])))];

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int Customer(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : text[0];

    private static string Existing(string path)
    {
        if (Folder is null) Assert.Ignore("The shared reference data is not beside this repository.");
        return Path.Combine(Folder!, path);
    }

    private static string? Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "reference", "cltv");
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
