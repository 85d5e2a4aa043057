using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace CustomerCrm.Benchmarks;

/// <summary>What was measured and what it should reach; printed as it comes, and written into RESULTS.md beside this file.</summary>
internal sealed class Results
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

    public void Write(bool isWhole)
    {
        if (!isWhole) return; // a part would overwrite the rest
        var text = new StringBuilder();
        text.AppendLine("# Measured").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"`dotnet run -c Release --project tests/CustomerCrm.Benchmarks`, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription.Trim()}, .NET {Environment.Version}.")
            .AppendLine("Client and servers share the machine; ratios are medians of rounds in turns. Absolute figures change with the machine.").AppendLine()
            .AppendLine("| work | figure | goal | reached | measured |").AppendLine("| --- | --- | --- | --- | --- |");
        foreach (var row in rows) text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Work} | {row.Ratio} | {row.Goal} | {(row.IsReached is null ? "" : row.IsReached.Value ? "yes" : "**no**")} | {row.Measured} |");
        File.WriteAllText(Path.Combine(Folder(), "RESULTS.md"), text.ToString());
    }

    public static string Text(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.00", CultureInfo.InvariantCulture);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private sealed record Row(string Work, string Measured, string Ratio, string Goal, bool? IsReached);
}
