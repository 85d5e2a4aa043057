using System.Text.Json;
using CustomerCrm.Imports.Command;
using CustomerCrm.Platform.Access.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Imports;

public class ImportCommandTests
{
    [Test]
    public async Task A_tenant_is_said_by_its_id_or_by_the_number_of_a_data_set()
    {
        var acme = await TestTenant.NewAsync();
        var keys = TestApi.Services.GetRequiredService<TemporaryKeys>();
        var id = (await acme.GetAsync<JsonElement>("/v1/tenant")).Text("id");

        foreach (var tenant in new[] { id, $"{acme.Id}" })
        {
            var key = await keys.MakeAsync(tenant, "Import", ["imports:read"], default);
            Assert.That(key?.TenantId, Is.EqualTo(acme.Id), tenant);
            await keys.TakeBackAsync(key!, default);
        }
        Assert.That(await keys.MakeAsync(id[..^1] + (id[^1] == '0' ? '1' : '0'), "Import", ["imports:read"], default), Is.Null);
    }

    [TestCase("http://+:1")]
    [TestCase("nowhere")]
    public async Task Where_no_program_answers_a_sentence_says_what_to_do(string urls)
    {
        var acme = await TestTenant.NewAsync();
        var (file, said) = (Path.GetTempFileName(), new StringWriter());

        var code = await ImportCommand.RunBesideAsync(TestApi.Services, new("import", file, "--tenant", $"{acme.Id}"), urls, TextWriter.Null, said, default);

        File.Delete(file);
        Assert.That((code, said.ToString().Contains("--urls", StringComparison.Ordinal), said.ToString().TrimEnd().Contains('\n', StringComparison.Ordinal)), Is.EqualTo((1, true, false)));
    }
}
