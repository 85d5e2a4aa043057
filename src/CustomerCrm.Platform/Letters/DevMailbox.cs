using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Letters;

/// <summary>For development: letters become lines of a file beside the database, and somebody can look at them.</summary>
public sealed class DevMailbox : ILetterCarrier, IDisposable
{
    private readonly string file;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim writing = new(1);

    internal DevMailbox(Database database, TimeProvider clock) => (file, this.clock) = ((database.FileName ?? Path.GetFullPath("crm")) + ".mailbox.jsonl", clock);

    /// <summary>The letters to this address, the latest first.</summary>
    public async Task<IReadOnlyList<DeliveredLetter>> ReadAsync(string to, int most, CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            if (!File.Exists(file)) return [];
            var letters = (await File.ReadAllLinesAsync(file, ct)).Select(line => JsonSerializer.Deserialize<DeliveredLetter>(line)!);
            return [.. letters.Where(letter => string.Equals(letter.To, to, StringComparison.OrdinalIgnoreCase)).Reverse().Take(most)];
        }
        finally
        {
            writing.Release();
        }
    }

    async Task ILetterCarrier.DeliverAsync(Letter letter, CancellationToken ct)
    {
        var delivered = new DeliveredLetter { To = letter.To, Subject = letter.Subject, Text = letter.Text, DeliveredAt = clock.GetUtcNow() };
        await writing.WaitAsync(ct);
        try
        {
            await File.AppendAllLinesAsync(file, [JsonSerializer.Serialize(delivered)], ct);
        }
        finally
        {
            writing.Release();
        }
    }

    public void Dispose() => writing.Dispose();
}

/// <summary>A letter as it lies in the mailbox.</summary>
public sealed record DeliveredLetter
{
    public required string To { get; init; }
    public required string Subject { get; init; }

    /// <summary>All of it, with the token that opens what it is about.</summary>
    public required string Text { get; init; }

    public required DateTimeOffset DeliveredAt { get; init; }
}
