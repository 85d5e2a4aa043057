using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Idempotency;
using CustomerCrm.Tests.Platform;

namespace CustomerCrm.Tests.Idempotency;

public class PruneIdempotencyTests
{
    [Test]
    public async Task Answers_are_forgotten_after_a_day_and_not_before()
    {
        await using var temp = await TempDatabase.MigratedAsync();
        var now = TestApi.Clock.GetUtcNow();
        foreach (var (key, age) in new[] { ("young", TimeSpan.FromHours(23)), ("old", TimeSpan.FromHours(25)) })
            await temp.System.ExecuteAsync(Insert, new { Key = key, CreatedAt = now - age }, default);

        await new PruneIdempotencyJob(new Databases(temp.Engine), TestApi.Clock).RunAsync(new PruneIdempotency(), default);

        Assert.That(await temp.System.QueryAsync<string>(Keys, null, default), Is.EqualTo(new[] { "young" }));
    }

    private static readonly SystemSql Insert = SystemSql.Of("INSERT INTO IdempotencyRecords (TenantId, [Key], Fingerprint, CreatedAt) VALUES (1, @Key, x'00', @CreatedAt)");
    private static readonly SystemSql Keys = SystemSql.Of("SELECT [Key] FROM IdempotencyRecords");
}
