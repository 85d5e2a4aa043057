using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Help;

/// <summary>Forgets what was begun in the contact form more than four hundred days ago.</summary>
public sealed record PruneHelpContacts;

internal sealed class PruneContactsJob(TenantDb db, TimeProvider clock) : IJob<PruneHelpContacts>
{
    private const int Days = 400;

    public Task RunAsync(PruneHelpContacts work, CancellationToken ct) => db.ExecuteAsync(Delete, new { Before = clock.GetUtcNow().AddDays(-Days) }, ct);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM HelpContacts
        WHERE TenantId = @TenantId
          AND CreatedAt < @Before
        """);
}
