using CustomerCrm.Agents;
using CustomerCrm.Platform.Data;
using CustomerCrm.RoutingRules.Deciding;
using CustomerCrm.Users;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerCrm.Tests.RoutingRules;

public class AgentChoiceTests
{
    [Test]
    public void However_many_come_nobody_has_more_than_they_may_and_none_waits_while_somebody_is_free() => Prop.ForAll(cases.ToArbitrary(), c =>
    {
        var agents = c.Agents.ToDictionary(agent => agent.Id);
        var clock = DateTimeOffset.UnixEpoch;
        for (var ticket = 0; ticket < 40; ticket++)
        {
            var (chosen, verdicts) = AgentChoice.Of(c.Need, agents.Values);
            Assert.That(verdicts.Select(v => v.UserId), Is.EquivalentTo(agents.Keys), "everybody is told of");
            Assert.That(verdicts.Count(v => v.Code == "chosen"), Is.EqualTo(chosen is null ? 0 : 1));
            if (chosen is null)
            {
                Assert.That(agents.Values.Where(a => a.IsInTeam && !a.HasRefused && a.Presence == AgentPresence.Online && (a.IsAtWork || !c.Need.KeepsHours) && c.Need.Skills.All(a.Skills.Contains)).Sum(a => a.Free), Is.Zero, "somebody could have taken it");
                return;
            }
            agents[chosen.Id] = chosen with { Load = chosen.Load + 1, ChannelLoad = chosen.ChannelLoad + 1, LastAssignedAt = clock = clock.AddMinutes(1) };
            Assert.That(agents.Values.All(a => a.Load <= a.Capacity && a.ChannelLoad <= (a.ChannelCapacity ?? int.MaxValue)), "a limit was passed");
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Test]
    public void Round_robin_gives_everybody_one_before_anybody_has_two()
    {
        var agents = Enumerable.Range(0, 4).Select(_ => Agent() with { Capacity = 100 }).ToDictionary(a => a.Id);
        var given = new List<Id<User>>();

        for (var i = 0; i < 12; i++)
        {
            var chosen = AgentChoice.Of(new RoutingNeed(), agents.Values).Chosen!;
            agents[chosen.Id] = chosen with { LastAssignedAt = DateTimeOffset.UnixEpoch.AddMinutes(i) };
            given.Add(chosen.Id);
        }

        Assert.That(given.Chunk(4).Select(round => round.Distinct().Count()), Is.All.EqualTo(4));
    }

    [Test]
    public void The_least_busy_and_the_one_with_most_room_are_not_the_same()
    {
        var busy = Agent() with { Load = 5, Capacity = 20 };
        var idle = Agent() with { Load = 1, Capacity = 2 };

        Assert.That(AgentChoice.Of(new RoutingNeed { Strategy = RoutingStrategy.LeastBusy }, [busy, idle]).Chosen, Is.EqualTo(idle));
        Assert.That(AgentChoice.Of(new RoutingNeed { Strategy = RoutingStrategy.Capacity }, [busy, idle]).Chosen, Is.EqualTo(busy));
    }

    [Test]
    public void The_agent_of_last_time_goes_first_unless_they_cannot()
    {
        var (other, last) = (Agent(), Agent() with { HadLast = true, LastAssignedAt = DateTimeOffset.UnixEpoch });
        var need = new RoutingNeed { PrefersLastAgent = true };

        Assert.That(AgentChoice.Of(need, [other, last]).Chosen, Is.EqualTo(last));
        Assert.That(AgentChoice.Of(need, [other, last with { Presence = AgentPresence.Away }]).Chosen, Is.EqualTo(other));
        Assert.That(AgentChoice.Of(new RoutingNeed(), [other, last]).Chosen, Is.EqualTo(other));
    }

    [Test]
    public void Everybody_is_told_why_not()
    {
        (AgentSeen Agent, string Code)[] all =
        [
            (Agent() with { IsInTeam = false }, "not_in_team"), (Agent() with { HasRefused = true }, "handed_back"), (Agent() with { Presence = AgentPresence.Away }, "away"), (Agent() with { Presence = AgentPresence.Offline }, "offline"),
            (Agent() with { IsAtWork = false }, "outside_hours"), (Agent() with { Skills = ["english"] }, "lacks_skill"), (Agent() with { Load = 3 }, "at_capacity"), (Agent() with { ChannelLoad = 1, ChannelCapacity = 1 }, "at_channel_capacity"),
        ];

        var (chosen, verdicts) = AgentChoice.Of(new RoutingNeed { Skills = ["German"] }, [.. all.Select(a => a.Agent)]);

        Assert.That(chosen, Is.Null);
        Assert.That(verdicts.ToDictionary(v => v.UserId, v => v.Code), Is.EquivalentTo(all.ToDictionary(a => a.Agent.Id, a => a.Code)));
        Assert.That(verdicts.Single(v => v.Code == "lacks_skill").Detail, Does.Contain("German"));
    }

    public sealed record Case(AgentSeenCase[] Some, string[] Skills, int Strategy, bool Prefers, bool Keeps)
    {
        internal AgentSeen[] Agents { get; } = [.. Some.Select(s => Agent() with
        {
            Presence = (AgentPresence)s.Presence, IsAtWork = s.IsAtWork, Skills = s.Skills, IsInTeam = s.IsInTeam, HasRefused = s.HasRefused, Load = s.Load, ChannelLoad = Math.Min(s.Load, s.ChannelCapacity ?? s.Load), ChannelCapacity = s.ChannelCapacity, Capacity = s.Load + s.Room,
        })];

        internal RoutingNeed Need => new() { Skills = Skills, Strategy = (RoutingStrategy)Strategy, PrefersLastAgent = Prefers, KeepsHours = Keeps };
    }

    public sealed record AgentSeenCase(int Presence, bool IsAtWork, string[] Skills, bool IsInTeam, bool HasRefused, int Load, int Room, int? ChannelCapacity);

    private static readonly Gen<string[]> skills = Gen.Elements<string[]>([[], ["german"], ["german", "refunds"]]);

    private static readonly Gen<bool> mostly = Gen.Frequency((5, Gen.Constant(true)), (1, Gen.Constant(false)));

    private static readonly Gen<AgentSeenCase> agents =
        from presence in Gen.Frequency((4, Gen.Constant(1)), (1, Gen.Constant(2)), (1, Gen.Constant(3)))
        from atWork in mostly
        from skill in skills
        from inTeam in mostly
        from kept in mostly
        from load in Gen.Choose(0, 3)
        from room in Gen.Choose(0, 4)
        from channel in Gen.Choose(0, 5)
        select new AgentSeenCase(presence, atWork, skill, inTeam, !kept, load, room, channel == 5 ? null : channel);

    private static readonly Gen<Case> cases =
        from some in Gen.ListOf(agents, 5)
        from skill in skills
        from strategy in Gen.Choose(0, 2)
        from prefers in mostly
        from keeps in mostly
        select new Case([.. some], skill, strategy, prefers, keeps);

    private static AgentSeen Agent() => new()
    {
        Id = Id<User>.New(), Name = "Ada", Presence = AgentPresence.Online, IsAtWork = true, Skills = ["german"], IsInTeam = true, HasRefused = false,
        ChannelLoad = 0, ChannelCapacity = null, Load = 0, Capacity = 3, LastAssignedAt = null, HadLast = false,
    };
}
