using System.Net.Http.Json;
using CustomerCrm.Tests.Platform;

namespace CustomerCrm.Tests.Imports;

public class CommandResourcesTests
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crm-import-command-");

    [TearDown]
    public void Remove() => folder.Delete(recursive: true);

    [Test]
    public async Task Consents_are_imported_from_the_command_line_as_well()
    {
        var (database, file) = (Path.Combine(folder.FullName, "crm.db"), Path.Combine(folder.FullName, "consents.csv"));
        await File.WriteAllTextAsync(file, "email,purpose,channel,status,date\nana@example.com,marketing,email,subscribed,2024-05-01\n");
        using (var program = await RunningProgram.StartAsync(database))
        using (var http = program.Client())
            (await http.PostAsJsonAsync("/v1/tenants", new { name = "Acme" })).EnsureSuccessStatusCode();

        using var command = RunningProgram.Start(database, "import", file, "--tenant", "Acme", "--resource", "consents");
        var said = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();

        Assert.That((command.ExitCode, said.Contains("1 created", StringComparison.Ordinal)), Is.EqualTo((0, true)), said);
    }
}
