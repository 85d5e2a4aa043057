using CustomerCrm.Platform;

namespace CustomerCrm.Tests.Platform;

public class CommandLineTests
{
    [TestCase("backup /var/copy.db --Database:ConnectionString X", "--Database:ConnectionString X")]
    [TestCase("import /tmp/a=b.csv --tenant 5 --Urls=http://localhost:1", "--tenant 5 --Urls=http://localhost:1")]
    [TestCase("--role worker migrate", "--role worker")]
    [TestCase("migrate --Demo:Seed=false /x", "--Demo:Seed=false")]
    [TestCase("--a --b c", "--a --b c")]
    [TestCase("operator-key", "")]
    public void A_path_is_no_setting_and_takes_none_away(string args, string settings) =>
        Assert.That(string.Join(' ', CommandLine.SettingsIn(args.Split(' '))), Is.EqualTo(settings));
}
