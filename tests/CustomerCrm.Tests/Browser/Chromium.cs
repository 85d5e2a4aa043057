using Microsoft.Playwright;

namespace CustomerCrm.Tests.Browser;

/// <summary>The Chromium that is on this machine, without a window. Tests that need it are skipped where there is none.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    public const string Missing = "There is no Chromium on this machine.";

    private static readonly string[] names = ["chromium", "chromium-browser", "google-chrome"];
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    public static async Task<Chromium> StartAsync()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists) is not { } program)
        {
            Assert.Ignore(Missing);
            throw new InvalidOperationException(Missing);
        }
        var playwright = await Playwright.CreateAsync();
        return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox"] }));
    }

    /// <summary>A page of a browser that knows nothing yet.</summary>
    /// <param name="withScripts">False: as in a browser that runs none.</param>
    public async Task<IPage> PageAsync(bool withScripts = true) => await (await browser.NewContextAsync(new BrowserNewContextOptions { JavaScriptEnabled = withScripts })).NewPageAsync();

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
