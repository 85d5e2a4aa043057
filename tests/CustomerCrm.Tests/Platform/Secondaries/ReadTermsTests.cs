using CustomerCrm.Platform.Data.Secondaries;

namespace CustomerCrm.Tests.Platform.Secondaries;

public class ReadTermsTests
{
    private static readonly DateTimeOffset now = new(2030, 1, 15, 9, 0, 0, TimeSpan.Zero);
    private static readonly ReadTerms terms = new(AfterWrite: TimeSpan.FromSeconds(5), MaxLag: TimeSpan.FromSeconds(30));

    [TestCase(null, 3600, ReadPlace.Down, TestName = "Nothing is known of it")]
    [TestCase(31, 3600, ReadPlace.Late, TestName = "It is too old")]
    [TestCase(30, 3600, ReadPlace.Secondary, TestName = "It is just young enough")]
    [TestCase(2, 4, ReadPlace.Written, TestName = "It has what was written, but another machine's clock may differ by so much")]
    [TestCase(2, 5, ReadPlace.Secondary, TestName = "It has what was written, and the time is over")]
    [TestCase(20, 10, ReadPlace.Written, TestName = "It has not what was written, however long ago that is")]
    [TestCase(10, 10, ReadPlace.Written, TestName = "What was written at that very moment may be missing")]
    public void A_read_goes_where_nobody_misses_what_they_wrote(int? seenSecondsAgo, int writtenSecondsAgo, object place) =>
        Assert.That(terms.PlaceFor(seenSecondsAgo is { } s ? now.AddSeconds(-s) : null, now.AddSeconds(-writtenSecondsAgo), now), Is.EqualTo(place));

    [TestCase(2, 3, ReadPlace.Secondary)]
    [TestCase(3, 3, ReadPlace.Written)]
    [TestCase(31, 40, ReadPlace.Late)]
    [TestCase(null, 40, ReadPlace.Down)]
    public void Work_that_needs_all_before_a_moment_waits_for_no_more(int? seenSecondsAgo, int sinceSecondsAgo, object place) =>
        Assert.That(terms.PlaceSince(seenSecondsAgo is { } s ? now.AddSeconds(-s) : null, now.AddSeconds(-sinceSecondsAgo), now), Is.EqualTo(place));

    [Test]
    public async Task Work_waits_until_the_secondary_has_followed_and_no_longer_than_it_may()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        var clock = new ManualClock();
        var secondary = new Secondary(temp.Engine, terms, clock);
        secondary.Saw(clock.GetUtcNow());
        var follows = secondary.FollowAsync(clock.GetUtcNow(), TimeSpan.FromSeconds(5), default);
        var givesUp = secondary.FollowAsync(clock.GetUtcNow().AddHours(1), TimeSpan.FromSeconds(5), default);

        Assert.That((follows.IsCompleted, givesUp.IsCompleted), Is.EqualTo((false, false)));
        secondary.Saw(clock.GetUtcNow().AddSeconds(1));
        await follows;
        Assert.That(givesUp.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromSeconds(5));
        await givesUp;
    }

    [TestCase("Database:Engine=Sqlite", "Database:ReadConnectionString=Data Source=copy.db", "SQLite has not")]
    [TestCase("Database:Engine=SqlServer", "Database:ReadConnectionString=Servant=one", "no connection string")]
    [TestCase("Database:Engine=SqlServer", "Database:MoreRead:eu=Server=two", "does not name")]
    [TestCase("Database:Engine=SqlServer", "Database:ReadConnectionString=Server=two;Database:ReadMaxLag=00:00:01", "at least")]
    [TestCase("Database:Engine=SqlServer", "Database:ReadConnectionString=Server=two;Database:ReadAfterWrite=soon", "is a time")]
    [TestCase("Database:Engine=SqlServer", "Database:ReadConnectionString=Server=two;Database:ReadAfterWrite=00:00:08", null)]
    public void A_secondary_that_cannot_be_keeps_the_program_from_starting(string engine, string settings, string? saying)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager { ["Database:ConnectionString"] = engine.EndsWith("Sqlite", StringComparison.Ordinal) ? "Data Source=crm.db" : "Server=one" };
        foreach (var setting in settings.Split(';').Prepend(engine)) configuration[setting[..setting.IndexOf('=')]] = setting[(setting.IndexOf('=') + 1)..];

        Assert.That(CustomerCrm.Platform.SettingsCheck.WhyNot(configuration), saying is null ? Is.Null : Does.Contain(saying));
    }

    [Test]
    public async Task A_live_secondary_of_SQL_Server_is_read_with_the_intent_to_read_only()
    {
        if (!TestApi.IsSqlServer) Assert.Ignore("This needs a live SQL Server.");
        var text = Environment.GetEnvironmentVariable("CRM_TEST_CONNECTION")!;
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager { ["Database:Engine"] = "SqlServer", ["Database:ConnectionString"] = text, ["Database:ReadConnectionString"] = text };
        var databases = CustomerCrm.Platform.SettingsCheck.DatabasesOf(configuration);
        var secondary = databases.First.Secondary!;
        var watch = new SecondaryWatch(databases, Microsoft.Extensions.Logging.Abstractions.NullLogger<SecondaryWatch>.Instance);

        await watch.LookAsync(databases.First, default);
        await watch.LookAsync(databases.First, default);
        await using var reader = await secondary.TryRentAsync(tenantId: 1, default);

        Assert.That((secondary.IsUsable, reader!.ConnectionString.Contains("ReadOnly", StringComparison.OrdinalIgnoreCase)), Is.EqualTo((true, true)));
    }
}
