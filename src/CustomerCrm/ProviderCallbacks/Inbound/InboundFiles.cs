using CustomerCrm.Attachments;

namespace CustomerCrm.ProviderCallbacks.Inbound;

/// <summary>Keeps the files of an e-mail before the transaction in which somebody takes it: no other writer waits for a disk. What nobody takes is forgotten after a day.</summary>
internal sealed class InboundFiles(AttachmentKeeper keeper, CallbackReceipts receipts)
{
    public async Task WithFilesAsync(InboundMessage message, Func<InboundMessage, Task> take, CancellationToken ct)
    {
        var kept = new List<Attachment>();
        if (message.Files.Count > 0 && !await receipts.IsKnownAsync(InboundDesk.ReceiptOf(message), ct))
            foreach (var file in message.Files)
            {
                using var content = new MemoryStream(file.Content(), writable: false);
                if (await keeper.TryKeepAsync(content, file.Name, ct) is { } attachment) kept.Add(attachment);
            }
        await take(message with { Kept = kept });
    }
}
