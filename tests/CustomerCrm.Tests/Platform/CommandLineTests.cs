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

    [TestCase("--role worker migrate", "migrate")]
    [TestCase("import f.csv --tenant backup", "import f.csv")]
    [TestCase("--Demo:Seed=false", "")]
    public void The_first_word_that_is_no_setting_is_the_command(string args, string words) =>
        Assert.That(string.Join(' ', CommandLine.WordsIn(args.Split(' '))), Is.EqualTo(words));

    [TestCase("migrat", 64)]
    [TestCase("--role worker start", 64)]
    [TestCase("--help", 0)]
    [TestCase("help", 0)]
    [TestCase("backup --help", 0)]
    [TestCase("migrate", null)]
    [TestCase("import f.csv --tenant migrat", null)]
    [TestCase("--role worker", null)]
    public async Task A_command_that_there_is_not_starts_nothing_and_hears_which_there_are(string args, int? exitCode)
    {
        using var said = new StringWriter();

        Assert.That(await Usage.AnswerAsync(args.Split(' '), said, said), Is.EqualTo(exitCode));
        Assert.That(said.ToString(), exitCode is null ? Is.Empty : Does.Contain("operator-key [--replace]"));
    }
}
