using System.Text.Json;
using System.Text.RegularExpressions;

namespace CustomerCrm.Tests;

/// <summary>The letters that went to somebody, read as a developer would.</summary>
internal static partial class Mailbox
{
    /// <summary>The texts, the latest first, once everything that waits has been delivered.</summary>
    public static async Task<string[]> OfAsync(string address)
    {
        await TestApi.RunJobsAsync();
        var mailbox = await TestTenant.ReadAsync<JsonElement>(await TestApi.NewClient().GetAsync($"/v1/dev/mailbox?to={Uri.EscapeDataString(address)}"));
        return [.. mailbox.GetProperty("data").EnumerateArray().Select(letter => letter.GetProperty("text").GetString()!)];
    }

    /// <summary>The token in the latest letter.</summary>
    public static async Task<string> TokenAsync(string address) => Token().Match((await OfAsync(address))[0]).Value;

    [GeneratedRegex("crm_[a-z]+_[0-9A-Za-z]{36}")]
    private static partial Regex Token();
}
