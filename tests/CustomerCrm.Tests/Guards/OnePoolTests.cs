using System.Text.Json;

namespace CustomerCrm.Tests.Guards;

/// <summary>Tenants share the program's connections. What one of them left on a connection must not reach the next.</summary>
public class OnePoolTests
{
    [Test]
    public async Task Two_hundred_requests_of_two_tenants_in_turn_each_see_and_write_their_own()
    {
        var (acme, other) = (await TestTenant.NewAsync(), await TestTenant.NewAsync());

        var mixed = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var (mine, name) = i % 2 == 0 ? (acme, "acme") : (other, "other");
            var id = (await mine.CreateAsync<JsonElement>("/v1/customers", new { name = $"{name} {i}" })).GetProperty("id").GetString();
            var shown = await mine.GetAsync<JsonElement>($"/v1/customers/{id}");
            var list = await mine.GetAsync<JsonElement>("/v1/customers?limit=100");
            return list.GetProperty("data").EnumerateArray().Append(shown).Count(c => !c.GetProperty("name").GetString()!.StartsWith(name, StringComparison.Ordinal));
        }));

        Assert.That(mixed.Sum(), Is.Zero);
        Assert.That(await CountAsync(acme), Is.EqualTo(100));
        Assert.That(await CountAsync(other), Is.EqualTo(100));
    }

    private static async Task<int> CountAsync(TestTenant tenant) =>
        (await tenant.GetAsync<JsonElement>("/v1/customers?limit=100")).GetProperty("data").GetArrayLength();
}
