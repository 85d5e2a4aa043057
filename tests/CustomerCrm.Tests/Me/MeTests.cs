using System.Text.Json;

namespace CustomerCrm.Tests.Me;

public class MeTests
{
    [Test]
    public async Task A_key_learns_who_it_is()
    {
        var acme = await TestTenant.NewAsync();

        var me = await acme.GetAsync<JsonElement>("/v1/me");

        Assert.That(me.GetProperty("tenant").GetProperty("name").GetString(), Is.EqualTo("Acme"));
        Assert.That(me.GetProperty("mode").GetString(), Is.EqualTo("live"));
        Assert.That(me.GetProperty("api_key").GetProperty("name").GetString(), Is.EqualTo("Full access"));
        Assert.That(me.GetProperty("scopes").GetRawText(), Is.EqualTo("[\"*\"]"));
    }
}
