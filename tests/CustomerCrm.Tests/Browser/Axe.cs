using System.Text.Json;
using Microsoft.Playwright;

namespace CustomerCrm.Tests.Browser;

/// <summary>axe-core, as the contract's own packages bring it: WCAG 2.2 to level AA, and what is good practice beside it.</summary>
internal static class Axe
{
    public const string Missing = "axe-core is not here: npm ci in tests/contract.";

    private static readonly string file = Path.Combine(Repository.Root, "tests", "contract", "node_modules", "axe-core", "axe.min.js");

    public static void Require()
    {
        if (!File.Exists(file)) Assert.Ignore(Missing);
    }

    /// <summary>What is wrong with the page, a line for each; and how many rules were right with it.</summary>
    public static async Task<(string[] Violations, int Passes)> LookAtAsync(IPage page)
    {
        // By the debugger, which the page's own policy does not hold back.
        await page.EvaluateAsync(await File.ReadAllTextAsync(file));
        var found = (await page.EvaluateAsync<JsonElement?>("() => axe.run()"))!.Value;
        return ([.. found.GetProperty("violations").EnumerateArray().Select(v => $"{v.GetProperty("id").GetString()}: {v.GetProperty("help").GetString()} {v.GetProperty("nodes")[0].GetProperty("html").GetString()}")],
            found.GetProperty("passes").GetArrayLength());
    }
}
