using CustomerCrm.Conversations;

namespace CustomerCrm.Tickets;

/// <summary>What a ticket begins with is no answer of the customer's: said here, while it is written, to whoever listens to conversations.</summary>
internal sealed class TicketTurn
{
    /// <summary>The customer's words are those that a ticket is just being opened with.</summary>
    public bool IsOpening { get; private set; }

    public async Task OpeningAsync(NewEntry first, Func<Task> write)
    {
        IsOpening = first.Author == EntryAuthor.Customer;
        try
        {
            await write();
        }
        finally
        {
            IsOpening = false;
        }
    }
}
