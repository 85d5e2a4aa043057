using System.Data.Common;
using CustomerCrm.Platform.Health;

namespace CustomerCrm.Platform.Data.Secondaries;

/// <summary>
/// The reader of one request or job that may be answered by a secondary. It is decided once, at its first statement; whoever does
/// not get it, or loses it, reads from the primary to the end.
/// </summary>
internal sealed class LaggingReader(DateTimeOffset? since = null) : IAsyncDisposable
{
    private Secondary? secondary;
    private DbConnection? reader;
    private bool isDecided;

    /// <summary>Whether statements go to the secondary.</summary>
    public bool IsOpen => reader is not null;

    /// <summary>What was committed before this moment is in the answer; null where it is the primary's.</summary>
    public DateTimeOffset? AsOf { get; private set; }

    /// <summary>Whose reader it is, while it is open.</summary>
    public Database Source => secondary!.Database;

    /// <returns>Null: the primary is to be asked.</returns>
    public async ValueTask<DbConnection?> OpenAsync(Database home, int tenantId, CancellationToken ct)
    {
        if (isDecided) return reader;
        isDecided = true;
        if (home.Secondary is not { } its) return null;
        var (place, seen) = (its.PlaceFor(tenantId, since), its.Seen);
        if (place == ReadPlace.Secondary && (reader = await its.TryRentAsync(tenantId, ct)) is null) return null; // counted there
        Telemetry.ReadMayLag(place);
        if (reader is not null) (secondary, AsOf) = (its, seen);
        return reader;
    }

    /// <summary>Reads; and once more from the primary, where the secondary fails half-way.</summary>
    public async Task<T> TryAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (DbException) when (IsOpen)
        {
            secondary!.Failed();
            Telemetry.ReadMayLag(ReadPlace.Down);
            await reader!.DisposeAsync(); // it is not given to another
            (reader, AsOf) = (null, null);
            return await read();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (reader is null) return;
        await Source.ReturnAsync(reader);
        reader = null;
    }
}
