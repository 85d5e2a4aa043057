using CustomerCrm.Platform.Data;
using CustomerCrm.Tests.Guards;
using YamlDotNet.RepresentationModel;

namespace CustomerCrm.Tests.Deploy;

public class ComposeTests
{
    private static readonly string[] ours = ["migrate", "api", "worker"];
    private readonly YamlNode compose = Yaml.Documents("compose.yaml").Single();

    [Test]
    public void Two_answer_and_one_works_once_the_database_is_migrated()
    {
        Assert.That(compose.Map("services").Keys, Is.EquivalentTo(new[] { "database", "create-database", "migrate", "api", "worker" }));
        Assert.That(compose.Text("services.api.deploy.replicas"), Is.EqualTo("2"));
        Assert.That(compose.Items("services.api.command").Select(c => c.ToString()), Is.EqualTo(new[] { "--role", "api" }));
        Assert.That(compose.Items("services.worker.command").Select(c => c.ToString()), Is.EqualTo(new[] { "--role", "worker" }));
        foreach (var service in new[] { "api", "worker" })
            Assert.That(compose.Text($"services.{service}.depends_on.migrate.condition"), Is.EqualTo("service_completed_successfully"));
        Assert.That(compose.Text("services.migrate.depends_on.create-database.condition"), Is.EqualTo("service_completed_successfully"));
    }

    [Test]
    public void Nothing_of_ours_can_write_to_its_root_or_gain_rights()
    {
        foreach (var service in ours.Select(name => compose.At($"services.{name}")))
        {
            Assert.That(service.Text("read_only"), Is.EqualTo("true"));
            Assert.That(service.Text("cap_drop.0"), Is.EqualTo("ALL"));
            Assert.That(service.Text("security_opt.0"), Is.EqualTo("no-new-privileges:true"));
        }
    }

    [Test]
    public void No_password_is_written_down_and_only_the_migration_is_the_owners()
    {
        var connections = ours.ToDictionary(name => name, name => compose.Text($"services.{name}.environment.Database__ConnectionString")!);

        Assert.That(connections.Values, Has.All.Match(@"Password=\$\{\w+"));
        Assert.That(connections.Where(c => c.Value.Contains("User Id=sa", StringComparison.Ordinal)).Select(c => c.Key), Is.EqualTo(new[] { "migrate" }));
    }

    [Test]
    public void What_prepares_the_database_is_T_SQL()
    {
        var script = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "sqlserver", "create-database.sql"));
        foreach (var (name, value) in new[] { ("Database", "crm"), ("Login", "crm_app"), ("Password", "a") })
        {
            Assert.That(compose.Text("services.create-database.entrypoint.2"), Does.Contain($"{name}="));
            script = script.Replace($"$({name})", value, StringComparison.Ordinal);
        }

        Assert.That(script, Does.Not.Contain("$("));
        TSql.Parse(script);
    }

    [Test]
    public void Its_settings_are_those_that_the_runbook_explains()
    {
        var runbook = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "README.md"));
        var kubernetes = Yaml.Documents("kubernetes", "settings.yaml").Single().Map("data").Keys;

        foreach (var setting in ours.SelectMany(name => compose.Map($"services.{name}.environment").Keys).Concat(kubernetes).Distinct())
            Assert.That(runbook, Does.Contain($"`{setting.Replace("__", ":", StringComparison.Ordinal)}`"));
    }

    [Test]
    public void The_engine_it_names_exists() =>
        Assert.That(Database.For(compose.Text("services.api.environment.Database__Engine")!, "Server=none", rowLevelSecurity: true).HidesRows, Is.True);
}
