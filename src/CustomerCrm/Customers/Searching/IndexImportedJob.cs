using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Customers.Searching;

/// <summary>Make the customers whom an import created findable by the words of their names, from this row of its file on.</summary>
public sealed record IndexImported(Guid ImportId, int AfterRow = 0);

/// <summary>A few hundred customers in a transaction, a few seconds at a time, so that neither other writers nor other jobs wait for long.</summary>
internal sealed class IndexImportedJob(TenantDb db, JobQueue jobs, Foreground foreground, TimeProvider clock) : IJob<IndexImported>
{
    private const int AtOnce = 500;
    private static readonly TimeSpan turn = TimeSpan.FromSeconds(5);

    public async Task RunAsync(IndexImported work, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        for (var after = work.AfterRow; await NamesAsync(work.ImportId, after, ct) is { Count: > 0 } names; after = names[^1].Number)
        {
            if (clock.GetElapsedTime(started) > turn)
            {
                await jobs.EnqueueAsync(work with { AfterRow = after }, ct);
                return;
            }
            // In the order of the index, so that its pages are written once.
            WordRow[] words = [.. names.SelectMany(n => NameKey.Keys(n.Name).Select(word => new WordRow(word, n.CustomerId))).OrderBy(w => w.Word, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))];
            for (var done = 0; done < words.Length;) done = await WriteAsync(words, done, ct);
        }
    }

    private async Task<int> WriteAsync(WordRow[] words, int from, CancellationToken ct)
    {
        var done = from;
        await foreground.StandBackAsync(ct);
        try
        {
            await db.InTransactionAsync(async () =>
            {
                done = from;
                do
                {
                    var some = words[done..Math.Min(words.Length, done + db.RowsAtOnce)];
                    await db.InsertManyAsync(CustomerWriter.InsertWord, some, ct);
                    done += some.Length;
                }
                while (done < words.Length && !db.AnotherWriterWaits);
            }, ct);
            return done;
        }
        catch (DuplicateKeyException) // some are there already, of a run that died or a name that was changed; or a customer is gone
        {
            foreach (var word in words[from..]) await db.ExecuteAsync(AddWord, word, ct);
            return words.Length;
        }
    }

    private Task<IReadOnlyList<NamedRow>> NamesAsync(Guid importId, int after, CancellationToken ct) =>
        db.QueryTopAsync<NamedRow>(Imported, AtOnce, new { ImportId = importId.ToByteArray(bigEndian: true), After = after }, ct);

    private sealed record NamedRow
    {
        public required int Number { get; init; }
        public required Id<Customer> CustomerId { get; init; }
        public required string? Name { get; init; }
    }

    private sealed record WordRow(byte[] Word, Id<Customer> CustomerId);

    private static readonly TenantSql Imported = TenantSql.Of("""
        SELECT r.Number, c.Id AS CustomerId, c.Name
        FROM ImportRows r
        JOIN Customers c ON c.TenantId = r.TenantId AND c.Id = r.ResourceId
        WHERE r.TenantId = @TenantId
          AND r.ImportId = @ImportId
          AND r.Phase = 2
          AND r.Outcome = 1
          AND r.Number > @After
        ORDER BY r.Number
        """);

    private static readonly TenantSql AddWord = TenantSql.Of("""
        INSERT INTO CustomerWords (TenantId, Word, CustomerId)
        SELECT c.TenantId, @Word, c.Id
        FROM Customers c
        WHERE c.TenantId = @TenantId
          AND c.Id = @CustomerId
          AND NOT EXISTS (SELECT 1 FROM CustomerWords w WHERE w.TenantId = c.TenantId AND w.Word = @Word AND w.CustomerId = c.Id)
        """);
}
