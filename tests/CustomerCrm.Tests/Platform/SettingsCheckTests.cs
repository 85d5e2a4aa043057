using CustomerCrm.Imports;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.People;
using CustomerCrm.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace CustomerCrm.Tests.Platform;

public class SettingsCheckTests
{
    [TestCase("--Secrets:Key", "abc", "Secrets:Key")]
    [TestCase("--Signup:Mode", "foo", "Signup:Mode")]
    [TestCase("--RateLimits:PerKey:Capacity", "-1", "Capacity")]
    [TestCase("--Imports:RowsPerDay", "0", "RowsPerDay")]
    [TestCase("--Imports:RowsPerDay", "12", null)]
    public void What_no_part_of_the_program_can_take_is_said_in_a_sentence(string setting, string value, string? saying)
    {
        var builder = WebApplication.CreateBuilder([setting, value]);
        builder.Services.AddAccess().AddPeople(builder.Environment).AddImports().AddTenants();

        var why = SettingsCheck.WhyNot(builder.Build().Services);

        Assert.That(why, saying is null ? Is.Null : Does.Contain(saying).And.Not.Contain("\n"));
    }

    [TestCase("--Stop:Drain", "abc", "Stop:Drain")]
    [TestCase("--Otlp:Endpoint", "collector", "Otlp:Endpoint")]
    public void A_time_or_an_address_that_is_none_is_named(string setting, string value, string saying) =>
        Assert.That(SettingsCheck.WhyNot(new ConfigurationBuilder().AddCommandLine([setting, value]).Build()), Does.Contain(saying));

    [Test]
    public async Task The_program_ends_with_code_2()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        using var program = RunningProgram.Start(temp.File, "--Public:TrustedProxies:0", "foo");

        await program.WaitForExitAsync();

        Assert.That(program.ExitCode, Is.EqualTo(SettingsCheck.ExitCode));
    }
}
