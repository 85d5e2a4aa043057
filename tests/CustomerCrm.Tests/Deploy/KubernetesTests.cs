using YamlDotNet.RepresentationModel;

namespace CustomerCrm.Tests.Deploy;

public class KubernetesTests
{
    private readonly YamlNode[] all = [.. Yaml.Documents("kubernetes", "kustomization.yaml").Single().Items("resources").SelectMany(file => Yaml.Documents("kubernetes", file.ToString()))];

    private IEnumerable<YamlNode> OfKind(string kind) => all.Where(d => d.Text("kind") == kind);

    [Test]
    public void Every_manifest_in_the_folder_is_applied()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "deploy", "kubernetes")).Select(Path.GetFileName).Where(f => f != "kustomization.yaml");

        Assert.That(Yaml.Documents("kubernetes", "kustomization.yaml").Single().Items("resources").Select(r => r.ToString()), Is.EquivalentTo(files));
        Assert.That(all.Select(d => (d.Text("apiVersion"), d.Text("kind"), d.Text("metadata.name"))), Is.Unique.And.All.Not.Null);
    }

    [Test]
    public void No_container_is_root_writes_to_its_root_or_can_gain_rights()
    {
        var pods = all.Where(d => d.At("spec.template.spec.containers") is not null).Select(d => d.At("spec.template.spec")).ToArray();
        Assert.That(pods, Has.Length.EqualTo(3));

        foreach (var pod in pods)
        {
            Assert.That((pod.Text("securityContext.runAsNonRoot"), pod.Text("securityContext.runAsUser")), Is.EqualTo(("true", "1654")));
            Assert.That(pod.Text("securityContext.seccompProfile.type"), Is.EqualTo("RuntimeDefault"));
            Assert.That(pod.Text("automountServiceAccountToken"), Is.EqualTo("false"));
            foreach (var container in pod.Items("containers"))
            {
                Assert.That(container.Text("securityContext.readOnlyRootFilesystem"), Is.EqualTo("true"));
                Assert.That(container.Text("securityContext.allowPrivilegeEscalation"), Is.EqualTo("false"));
                Assert.That(container.Text("securityContext.capabilities.drop.0"), Is.EqualTo("ALL"));
                Assert.That(container.Text("resources.limits.memory"), Is.Not.Null);
                Assert.That(container.Text("env.0.valueFrom.secretKeyRef.name"), Is.EqualTo("customercrm"));
            }
        }
    }

    [TestCase("api")]
    [TestCase("worker")]
    public async Task Each_role_is_probed_scaled_and_protected_from_disruption(string role)
    {
        var deployment = OfKind("Deployment").Single(d => d.Text("metadata.name") == $"customercrm-{role}");
        var labels = deployment.Map("spec.template.metadata.labels").Select(l => (l.Key, l.Value.ToString())).ToArray();
        var container = deployment.At("spec.template.spec.containers.0");

        Assert.That(container.Items("args").Select(a => a.ToString()), Is.EqualTo(new[] { "--role", role }));
        Assert.That(container.Text("readinessProbe.httpGet.path"), Is.EqualTo("/health/ready"));
        Assert.That(container.Text("livenessProbe.httpGet.path"), Is.EqualTo("/health/live"));
        foreach (var probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
        {
            var answer = await TestApi.NewClient().GetAsync(new Uri(container.Text($"{probe}.httpGet.path")!, UriKind.Relative));
            Assert.That(answer.IsSuccessStatusCode, Is.True, probe);
        }
        Assert.That(OfKind("HorizontalPodAutoscaler").Count(h => h.Text("spec.scaleTargetRef.name") == $"customercrm-{role}" && int.Parse(h.Text("spec.minReplicas")!) >= 2), Is.EqualTo(1));
        Assert.That(OfKind("PodDisruptionBudget").Count(b => b.Map("spec.selector.matchLabels").All(l => labels.Contains((l.Key, l.Value.ToString())))), Is.EqualTo(1));
        Assert.That(TimeSpan.FromSeconds(int.Parse(deployment.Text("spec.template.spec.terminationGracePeriodSeconds")!)), Is.GreaterThan(Drain * 2));
    }

    [Test]
    public void The_service_sends_requests_to_those_that_answer()
    {
        var selector = OfKind("Service").Single().Map("spec.selector").Select(l => (l.Key, l.Value.ToString()));

        var chosen = OfKind("Deployment").Where(d => selector.All(l => d.Map("spec.template.metadata.labels").Any(own => (own.Key, own.Value.ToString()) == l)));

        Assert.That(chosen.Select(d => d.Text("metadata.name")), Is.EqualTo(new[] { "customercrm-api" }));
    }

    private TimeSpan Drain => TimeSpan.Parse(OfKind("ConfigMap").Single().Text("data.Stop__Drain")!);
}
