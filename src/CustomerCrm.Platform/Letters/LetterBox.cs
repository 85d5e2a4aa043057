using System.Text.Json;
using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Platform.Letters;

/// <summary>
/// Where letters are posted, in the transaction of what they tell of: if that is undone, nothing is sent. A letter may hold the
/// token that opens an account, so it waits sealed and is gone once delivered.
/// </summary>
public sealed class LetterBox
{
    private readonly TenantDb db;
    private readonly JobQueue jobs;
    private readonly SecretBox secrets;
    private readonly CurrentTenant tenant;
    private readonly TimeProvider clock;

    internal LetterBox(TenantDb db, JobQueue jobs, SecretBox secrets, CurrentTenant tenant, TimeProvider clock) =>
        (this.db, this.jobs, this.secrets, this.tenant, this.clock) = (db, jobs, secrets, tenant, clock);

    public async Task PostAsync(Letter letter, CancellationToken ct)
    {
        if (!tenant.IsSet) tenant.Set(KeyGrant.Installation); // a job of the installation writes for it
        var id = Id<Letter>.New();
        // A tenant's name may hold a line break; a subject must not.
        var safe = letter with { Subject = string.Join(' ', letter.Subject.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) };
        await db.ExecuteAsync(Insert, new { Id = id, Sealed = secrets.Seal(JsonSerializer.Serialize(safe), PlaceOf(id)), CreatedAt = clock.GetUtcNow() }, ct);
        await jobs.EnqueueAsync(new SendLetter(id), ct);
    }

    internal static string PlaceOf(Id<Letter> id) => $"letter:{id}";

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Letters (TenantId, Id, Sealed, CreatedAt)
        VALUES (@TenantId, @Id, @Sealed, @CreatedAt)
        """);
}
