using System.Diagnostics;

namespace CustomerCrm.Tests.Deploy;

/// <summary>The program as the Dockerfile makes it: from what it copies, with its own arguments, started with its own settings.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public class PublishedProgramTests
{
    private const string AnyUser = "1654"; // the image's app

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crm-published-");
    private readonly Dockerfile docker = new();
    private string App => Path.Combine(folder.FullName, "app");

    [OneTimeSetUp]
    public async Task PublishAsync()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true") Assert.Ignore("This publishes the program, which takes a minute: CI=true asks for it.");
        var context = Path.Combine(folder.FullName, "context");
        foreach (var source in docker.Sources) Copy(Path.Combine(Repository.Root, source), Path.Combine(context, source));

        using var publish = Start("dotnet", [.. docker.Publish.Select(a => a == "/app" ? App : a)], context, []);
        var (said, _) = (publish.StandardOutput.ReadToEndAsync(), publish.StandardError.ReadToEndAsync());
        await publish.WaitForExitAsync();
        Assert.That(publish.ExitCode, Is.Zero, await said);
    }

    [OneTimeTearDown]
    public void Remove() => folder.Delete(recursive: true);

    [Test]
    public async Task It_starts_and_is_ready()
    {
        using var program = Start(docker.EntryPoint[0], docker.EntryPoint[1..], App, Settings("plain"));

        Assert.That(await IsReadyAsync(program), Is.True);
    }

    [Test]
    public async Task It_starts_as_anyone_on_a_root_that_cannot_be_written()
    {
        var data = DataFolder("shut");
        if (!await CanShutRootAsync()) Assert.Ignore("This machine does not let us make a root that cannot be written.");
        // Only the data can be written: no home, no /tmp.
        var shut = $"mount --bind {data} {data} && mount -o remount,bind,ro / && for m in /tmp /var/tmp; do mountpoint -q $m && mount -o remount,bind,ro $m; done; " +
            $"exec setpriv --reuid {AnyUser} --regid {AnyUser} --clear-groups --no-new-privs -- {string.Join(' ', docker.EntryPoint)}";
        using var program = Start("unshare", ["--mount", "--propagation", "private", "sh", "-c", shut], App, Settings("shut"));

        Assert.That(await IsReadyAsync(program, before: () =>
        {
            var owner = File.ReadLines($"/proc/{program.Id}/status").Single(l => l.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];
            var root = File.ReadLines($"/proc/{program.Id}/mountinfo").Last(l => l.Split(' ')[4] == "/").Split(' ')[5];
            Assert.That((owner, root.Split(',')[0]), Is.EqualTo((AnyUser, "ro")));
        }), Is.True);
    }

    private Dictionary<string, string> Settings(string name)
    {
        var settings = docker.Environment.ToDictionary(e => e.Key, e => e.Value.Replace("/data/", $"{DataFolder(name)}/", StringComparison.Ordinal));
        settings["Urls"] = "http://127.0.0.1:0";
        return settings;
    }

    private string DataFolder(string name)
    {
        const UnixFileMode all = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.FullName, all);
        var data = Directory.CreateDirectory(Path.Combine(folder.FullName, name)).FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(data, all | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        return data;
    }

    private static async Task<bool> IsReadyAsync(Process program, Action? before = null)
    {
        try
        {
            _ = program.StandardError.ReadToEndAsync();
            while (await program.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line.Split("Now listening on: ") is not [_, var address]) continue;
                before?.Invoke();
                using var client = new HttpClient { BaseAddress = new Uri(address) };
                return (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode;
            }
            return false;
        }
        finally
        {
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync();
        }
    }

    private async Task<bool> CanShutRootAsync()
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            using var trial = Start("unshare", ["--mount", "--propagation", "private", "sh", "-c", $"mount -o remount,bind,ro / && setpriv --reuid {AnyUser} --clear-groups --regid {AnyUser} true"], folder.FullName, []);
            await trial.WaitForExitAsync();
            return trial.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such command
        }
    }

    private static Process Start(string command, IEnumerable<string> arguments, string where, Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = where, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        if (File.Exists(from))
        {
            File.Copy(from, to);
            return;
        }
        Directory.CreateDirectory(to);
        foreach (var inside in Directory.EnumerateFileSystemEntries(from).Where(e => Path.GetFileName(e) is not ("bin" or "obj"))) Copy(inside, Path.Combine(to, Path.GetFileName(inside)));
    }
}
