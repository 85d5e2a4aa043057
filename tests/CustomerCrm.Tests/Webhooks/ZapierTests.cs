using CustomerCrm.Tests.Platform;

namespace CustomerCrm.Tests.Webhooks;

public class ZapierTests
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crm-zapier-");

    [TearDown]
    public void Remove() => folder.Delete(recursive: true);

    [Test]
    public async Task The_example_app_runs_against_the_API()
    {
        using var program = await RunningProgram.StartAsync(Path.Combine(folder.FullName, "crm.db"), "--Outbound:AllowInternal", "true");
        using var nobody = program.Client();
        var key = (await nobody.PostAsync("/v1/tenants", new { name = "Acme" })).GetProperty("live").Text("key");

        var said = await NodePrograms.RunAsync("deploy/zapier", "zapier-platform-core", ["--test", "test/app.test.js"], "", ("CRM_URL", nobody.BaseAddress!.GetLeftPart(UriPartial.Authority)), ("CRM_KEY", key));

        Assert.That(said, Does.Contain("# fail 0").Or.Contain("fail 0"));
    }
}
