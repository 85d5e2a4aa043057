using CustomerCrm.Platform.People;

namespace CustomerCrm.Tests.Slas;

[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Parallelizable(ParallelScope.Self)]
public class EscalationLetterTests
{
    private DeskHost host = null!;

    [OneTimeSetUp]
    public void Start() => host = new DeskHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [SetUp]
    public Task NextTuesdayAsync() => host.NextTuesdayAsync();

    [Test]
    public async Task Of_a_team_its_managers_are_written_to_and_all_of_it_where_it_has_none()
    {
        var desk = await host.DeskAsync();
        var (led, alone) = (await desk.TeamAsync("Led"), await desk.TeamAsync("Alone"));
        var manager = await desk.UserAsync(Role.Manager, "Grace Hopper");
        var agents = new[] { await desk.AgentAsync(team: led, presence: "offline"), await desk.AgentAsync(team: alone, presence: "offline"), await desk.AgentAsync(team: alone, presence: "offline") };
        (await desk.Http.PutAsync($"/v1/teams/{led}/members/{manager}", null)).EnsureSuccessStatusCode();
        await desk.SlaAsync(Notifying());

        await desk.TicketAsync(team: led);
        await desk.TicketAsync(team: alone);
        await host.PassAsync(TimeSpan.FromMinutes(75));

        Assert.That(await CountAsync(desk, manager), Is.EqualTo(1));
        Assert.That(await CountAsync(desk, agents[0]), Is.Zero, "her manager knows");
        Assert.That(await CountAsync(desk, agents[1]), Is.EqualTo(1));
        Assert.That(await CountAsync(desk, agents[2]), Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_nobodys_is_told_to_the_managers()
    {
        var desk = await host.DeskAsync();
        var (owner, manager, agent) = (await desk.UserAsync(Role.Owner), await desk.UserAsync(Role.Manager), await desk.UserAsync());
        await desk.SlaAsync(Notifying());

        await desk.TicketAsync();
        await host.PassAsync(TimeSpan.FromMinutes(75));

        Assert.That((await CountAsync(desk, owner), await CountAsync(desk, manager), await CountAsync(desk, agent)), Is.EqualTo((0, 1, 0)));
    }

    private static object Notifying() => new
    {
        targets = new { normal = new { first_response_minutes = 60 } },
        escalations = new object[] { new { name = "tell", promise = "first_response", offset_minutes = 0, @do = "notify" } },
    };

    private static async Task<int> CountAsync(Desk desk, string user) => (await desk.MailboxAsync(await desk.EmailOfAsync(user))).Length;
}
