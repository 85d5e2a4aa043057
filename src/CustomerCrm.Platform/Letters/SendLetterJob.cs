using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Platform.Letters;

public sealed record SendLetter(Id<Letter> LetterId);

/// <summary>Delivers a letter and forgets it. If the program dies between the two, it is delivered again: better twice than not.</summary>
internal sealed class SendLetterJob(Databases databases, CurrentTenant tenant, SecretBox secrets, ILetterCarrier carrier) : IJob<SendLetter>
{
    public async Task RunAsync(SendLetter work, CancellationToken ct)
    {
        var which = new { TenantId = tenant.IsSet ? tenant.Id : 0, Id = work.LetterId };
        var db = databases.Of(which.TenantId).System;
        if (await db.QueryAsync<byte[]>(ById, which, ct) is not [var box]) return; // delivered before

        await carrier.DeliverAsync(JsonSerializer.Deserialize<Letter>(secrets.Open(box, LetterBox.PlaceOf(work.LetterId)))!, ct);
        await db.ExecuteAsync(Delete, which, ct);
    }

    private static readonly SystemSql ById = SystemSql.Of("""
        SELECT Sealed
        FROM Letters
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);

    private static readonly SystemSql Delete = SystemSql.Of("""
        DELETE FROM Letters
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);
}
