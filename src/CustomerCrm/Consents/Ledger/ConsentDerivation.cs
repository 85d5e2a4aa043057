using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.Consents.Ledger;

/// <summary>
/// Pure: what holds, of all that was said. Only what was said and when counts, not the order in which it was written down; so history that is
/// loaded late cannot undo what was said since. Of two things said at the same moment the one that permits less is believed.
/// </summary>
internal static class ConsentDerivation
{
    /// <param name="entries">Of one customer, purpose and channel, of any topics and in any order.</param>
    /// <param name="topic">Which of them; empty for what holds where a topic has nothing of its own.</param>
    /// <returns>The entry that decides; null if nothing was ever said of this topic.</returns>
    public static ConsentFact? Of(IReadOnlyCollection<ConsentFact> entries, string topic)
    {
        if (entries.All(entry => entry.Topic != topic)) return null;
        return entries.Where(entry => Concerns(entry, topic))
            .OrderBy(entry => entry.OccurredAt)
            .ThenBy(entry => Weight(entry.State))
            .ThenByDescending(entry => entry.ExpiresAt ?? DateTimeOffset.MaxValue)
            .ThenBy(entry => entry.LegalBasis)
            .ThenBy(entry => entry.Id.Value)
            .Aggregate((ConsentFact?)null, Next);
    }

    // Who says no to all says no to each; who says yes to all has not taken back a no to one.
    private static bool Concerns(ConsentFact entry, string topic) => entry.Topic == topic || (entry.Topic.Length == 0 && entry.State == ConsentState.Withdrawn);

    private static ConsentFact? Next(ConsentFact? before, ConsentFact entry) => entry.State switch
    {
        // Asking again takes nothing away from who agreed already.
        ConsentState.Pending when before is not null && before.HoldsAt(entry.OccurredAt) => before,
        // Only what is over by then, not what was renewed meanwhile.
        ConsentState.Expired when before is not { State: ConsentState.Granted } || before.HoldsAt(entry.OccurredAt) => before,
        _ => entry,
    };

    private static int Weight(ConsentState state) => state switch
    {
        ConsentState.Pending => 0,
        ConsentState.Granted => 1,
        ConsentState.Expired => 2,
        _ => 3,
    };
}
