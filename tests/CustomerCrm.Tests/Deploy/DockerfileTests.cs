namespace CustomerCrm.Tests.Deploy;

public class DockerfileTests
{
    private readonly Dockerfile docker = new();

    [Test]
    public void The_image_is_chiselled_knows_the_time_zones_and_runs_as_nobody_special()
    {
        Assert.That(docker.Base, Does.EndWith("-chiseled-extra"));
        Assert.That(docker.User, Is.EqualTo("$APP_UID"));
        Assert.That(docker.Environment["Urls"], Is.EqualTo("http://+:8080"), "A port that needs no rights.");
    }

    [Test]
    public void The_build_finds_all_that_it_copies()
    {
        Assert.That(docker.Sources, Is.Not.Empty);
        foreach (var source in docker.Sources.Select(s => Path.Combine(Repository.Root, s)))
            Assert.That(File.Exists(source) || Directory.Exists(source), Is.True, source);
    }
}
