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
        Assert.That(string.Join(' ', new CommandLine(args.Split(' ')).Settings), Is.EqualTo(settings));

    [TestCase("--role worker migrate", "migrate", "")]
    [TestCase("import f.csv --tenant backup", "import", "f.csv")]
    [TestCase("--tenant=5 import --resource orders f.csv", "import", "f.csv")]
    [TestCase("--Demo:Seed=false", "", "")]
    public void The_first_word_that_is_no_setting_is_the_command_and_the_others_are_what_it_is_about(string args, string command, string words)
    {
        var said = new CommandLine(args.Split(' '));

        Assert.That((said.Command, string.Join(' ', said.Words)), Is.EqualTo((command, words)));
    }

    [TestCase("--tenant 5 import f.csv", true, "5")]
    [TestCase("import f.csv --tenant=a=b", true, "a=b")]
    [TestCase("import f.csv --tenant", true, null)]
    [TestCase("import f.csv --tenants 5", false, null)]
    public void An_option_may_stand_before_the_command_or_behind_it(string args, bool has, string? value)
    {
        var said = new CommandLine(args.Split(' '));

        Assert.That((said.Has("--tenant"), said.ValueOf("--tenant")), Is.EqualTo((has, value)));
    }

    [TestCase("migrat", 64)]
    [TestCase("--role worker start", 64)]
    [TestCase("migrate now", 64)]
    [TestCase("import a.csv b.csv --tenant 5", 64)]
    [TestCase("--help", 0)]
    [TestCase("help", 0)]
    [TestCase("backup --help", 0)]
    [TestCase("migrate", null)]
    [TestCase("import f.csv --tenant migrat", null)]
    [TestCase("--role worker", null)]
    public async Task A_command_that_there_is_not_starts_nothing_and_hears_which_there_are(string args, int? exitCode)
    {
        using var said = new StringWriter();

        Assert.That(await Usage.AnswerAsync(new(args.Split(' ')), said, said), Is.EqualTo(exitCode));
        Assert.That(said.ToString(), exitCode is null ? Is.Empty : Does.Contain("operator-key [--replace]"));
    }
}
