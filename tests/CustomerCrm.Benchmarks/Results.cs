using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace CustomerCrm.Benchmarks;

/// <summary>What was measured and what it should reach; printed as it comes, and written into RESULTS.md beside this file.</summary>
internal sealed class Results(string part)
{
    private readonly List<Row> rows = [];

    public bool AllReached => rows.All(r => r.IsReached != false);

    /// <param name="work">What was done.</param>
    /// <param name="measured">The figures themselves.</param>
    /// <param name="ratio">What is compared with the goal.</param>
    /// <param name="goal">In words.</param>
    /// <param name="isReached">Null where there is no goal.</param>
    public void Add(string work, string measured, string ratio, string goal, bool? isReached)
    {
        rows.Add(new Row(work, measured, ratio, goal, isReached));
        Console.WriteLine($"{work,-60} {ratio,-12} goal {goal,-18} {(isReached is null ? "" : isReached.Value ? "reached" : "MISSED")}   ({measured})");
    }

    public void AddAtLeast(string work, string measured, double ratio, double goal) =>
        Add(work, measured, Text(ratio), $"≥ {Text(goal)}", ratio >= goal);

    public void AddAtMost(string work, string measured, double value, double goal, string unit) =>
        Add(work, measured, $"{Text(value)} {unit}", $"≤ {Text(goal)} {unit}", value <= goal);

    /// <summary>Puts this part's table in the place of the one from last time.</summary>
    public void Write()
    {
        var file = Path.Combine(Folder(), "RESULTS.md");
        var parts = File.Exists(file) ? File.ReadAllText(file).Split("\n## ").Skip(1).Select(p => p.Trim()).ToList() : [];
        var at = parts.FindIndex(p => p.StartsWith(part + "\n", StringComparison.Ordinal));
        if (at < 0) parts.Add(Table());
        else parts[at] = Table();
        File.WriteAllText(file, $"""
            # Measured

            `dotnet run -c Release --project tests/CustomerCrm.Benchmarks [-- part]`. Client and servers share the machine; ratios are medians of rounds in turns.
            Absolute figures change with the machine.


            """ + string.Concat(parts.Select(p => $"## {p}\n\n")).TrimEnd() + "\n");
    }

    private string Table()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{part}\n\n{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription.Trim()}, .NET {Environment.Version}.\n\n")
            .Append("| work | figure | goal | reached | measured |\n| --- | --- | --- | --- | --- |\n");
        foreach (var row in rows) text.Append(CultureInfo.InvariantCulture, $"| {row.Work} | {row.Ratio} | {row.Goal} | {(row.IsReached is null ? "" : row.IsReached.Value ? "yes" : "**no**")} | {row.Measured} |\n");
        return text.ToString().TrimEnd();
    }

    public static string Text(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.00", CultureInfo.InvariantCulture);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <param name="sorted">The smallest first.</param>
    public static double P99(IReadOnlyList<double> sorted) => sorted[(int)(sorted.Count * 0.99)];

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private sealed record Row(string Work, string Measured, string Ratio, string Goal, bool? IsReached);
}
