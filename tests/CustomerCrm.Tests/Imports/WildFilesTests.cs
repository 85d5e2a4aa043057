using System.Text.Json;

namespace CustomerCrm.Tests.Imports;

/// <summary>Files as other programs write them.</summary>
public class WildFilesTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task Rows_of_separators_alone_are_none_and_empty_cells_behind_the_last_column_are_not_too_many()
    {
        var id = await SomeFiles.ImportedAsync(acme, "email;name\r\nana@example.com;Ana;;\r\n;;;\r\n \t;\r\nbob@example.com;Bob;x\r\n;\r\ncat@example.com;Cat\r\n;;\r\n;;\r\n");

        var import = await acme.GetAsync<JsonElement>($"/v1/imports/{id}");
        var error = (await acme.GetAsync<JsonElement>($"/v1/imports/{id}/errors")).GetProperty("data").EnumerateArray().Single();
        Assert.That((import.GetProperty("rows").GetInt32(), import.GetProperty("position").GetInt32(), import.Of("run", "created"), import.Of("run", "invalid")), Is.EqualTo((3, 3, 2, 1)));
        Assert.That((error.GetProperty("line").GetInt32(), error.GetProperty("number").GetInt32(), error.Text("code")), Is.EqualTo((5, 2, "too_many_cells")));
    }
}
