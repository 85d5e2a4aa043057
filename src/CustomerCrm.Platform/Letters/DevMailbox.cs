using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Letters;

/// <summary>For development: whatever is sent becomes a line of a file beside the database, and somebody can look at it.</summary>
public sealed class DevMailbox : ILetterCarrier, IDisposable
{
    private readonly string file;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim writing = new(1);

    internal DevMailbox(Database database, TimeProvider clock) => (file, this.clock) = ((database.FileName ?? Path.GetFullPath("crm")) + ".mailbox.jsonl", clock);

    /// <summary>What was sent to this address or number, the latest first.</summary>
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

    /// <summary>It is delivered now, whatever it says.</summary>
    internal async Task AddAsync(DeliveredLetter letter, CancellationToken ct)
    {
        var line = JsonSerializer.Serialize(letter with { DeliveredAt = clock.GetUtcNow() });
        await writing.WaitAsync(ct);
        try
        {
            await File.AppendAllLinesAsync(file, [line], ct);
        }
        finally
        {
            writing.Release();
        }
    }

    Task ILetterCarrier.DeliverAsync(Letter letter, CancellationToken ct) => AddAsync(new DeliveredLetter { To = letter.To, Subject = letter.Subject, Text = letter.Text }, ct);

    public void Dispose() => writing.Dispose();
}

/// <summary>Something sent, as it lies in the mailbox.</summary>
public sealed record DeliveredLetter
{
    public MailboxChannel Channel { get; init; }

    /// <summary>An e-mail address, or a telephone number in E.164.</summary>
    public required string To { get; init; }

    /// <summary>Null for a text message.</summary>
    public string? Subject { get; init; }

    /// <summary>All of it, with the token that opens what it is about.</summary>
    public required string Text { get; init; }

    /// <summary>The same as HTML, where there is any.</summary>
    public string? Html { get; init; }

    /// <summary>Headers beside the usual ones, by name: <c>List-Unsubscribe</c>. Null: none.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>What ties it to the message it was made of; null for a letter of the installation.</summary>
    public string? DedupeId { get; init; }

    public DateTimeOffset DeliveredAt { get; init; }
}

/// <summary>As what it was sent.</summary>
public enum MailboxChannel
{
    Email,
    Sms,
}
