using System.Globalization;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Conversations.Threads;

/// <summary>What is known when a customer's message looks for its conversation.</summary>
internal sealed record ThreadQuestion
{
    /// <summary>Whose address it came from; null: nobody's.</summary>
    public Id<Customer>? SenderId { get; init; }

    public required InteractionChannel Channel { get; init; }

    /// <summary>The conversation that the address it went to names.</summary>
    public KnownThread? Named { get; init; }

    /// <summary>The conversation that has the nearest of the messages it answers.</summary>
    public KnownThread? Answered { get; init; }

    /// <summary>A chat whose visitor gave this address, and of whom nobody knows who they are.</summary>
    public KnownThread? Chatted { get; init; }

    /// <summary>The sender's own that are open, or were closed a short while ago; the latest first.</summary>
    public IReadOnlyList<KnownThread> Theirs { get; init; } = [];

    /// <summary>A program wrote it.</summary>
    public bool IsAutomatic { get; init; }

    public required DateTimeOffset Now { get; init; }
}

/// <summary>A conversation that a message may belong to.</summary>
internal sealed record KnownThread
{
    public required Id<Conversation> Id { get; init; }
    public required Id<Customer> CustomerId { get; init; }
    public required ConversationState State { get; init; }
    public required InteractionChannel Channel { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Its customer was made for a chat: nobody has said who that is.</summary>
    public bool IsOfUnknown { get; init; }
}

/// <summary>Where a message goes.</summary>
/// <param name="Thread">The conversation; null: a new one.</param>
/// <param name="Why">In words, too.</param>
/// <param name="Moves">It is now known who the visitor is: the conversation becomes the sender's.</param>
internal sealed record ThreadAnswer(KnownThread? Thread, Threading Why, bool Moves = false);

/// <summary>
/// How a customer's message finds its conversation: what it says itself comes first; then the one that is open, so that nobody who goes on elsewhere is
/// asked twice; then the one that was closed a short while ago. Pure.
/// </summary>
internal static class ThreadDecision
{
    /// <summary>So long after it was closed, what is written without a reference opens a conversation again.</summary>
    public static readonly TimeSpan ReopensFor = TimeSpan.FromHours(72);

    /// <returns>Null: a program wrote it, and it answers nothing: it begins no conversation.</returns>
    public static ThreadAnswer? Of(ThreadQuestion question)
    {
        var said = Said(question);
        if (said?.Thread is not null) return said;
        if (question.IsAutomatic) return null;
        if (question.Chatted is { } chat)
            return new ThreadAnswer(chat, new Threading(ThreadedBy.ChatAddress, "A visitor of the chat had given this address."), Moves: question.SenderId is { } sender && sender != chat.CustomerId);

        var open = question.Theirs.Where(t => t.State != ConversationState.Closed).ToList();
        if (open.Count == 1) return new ThreadAnswer(open[0], new Threading(ThreadedBy.OpenConversation, "It is the customer's only conversation that is open."));
        if (open.Count > 1)
        {
            var nearest = open.FirstOrDefault(t => t.Channel == question.Channel) ?? open[0];
            return new ThreadAnswer(nearest, new Threading(ThreadedBy.OpenConversation, string.Create(CultureInfo.InvariantCulture, $"Of the customer's {open.Count} conversations that are open, the latest{(nearest.Channel == question.Channel ? " on this channel" : "")}.")));
        }
        if (question.Theirs.FirstOrDefault(t => t.ClosedAt > question.Now - ReopensFor) is { } closed)
            return new ThreadAnswer(closed, new Threading(ThreadedBy.RecentlyClosed, string.Create(CultureInfo.InvariantCulture, $"The customer's last conversation was closed less than {ReopensFor.TotalHours:0} hours ago.")));
        return said ?? new ThreadAnswer(null, new Threading(ThreadedBy.New, "It answers nothing, and the customer has no conversation that is open."));
    }

    // What the message says itself, if whoever wrote it may say so.
    private static ThreadAnswer? Said(ThreadQuestion question)
    {
        if ((question.Named ?? question.Answered) is not { } thread) return null;
        var (by, how) = question.Named is not null ? (ThreadedBy.Named, "It was sent to the address that answers to this conversation go to") : (ThreadedBy.Answers, "It answers a message of this conversation, as its headers say");
        if (question.SenderId is not { } sender) return new ThreadAnswer(thread, new Threading(by, $"{how}. It came from an address that is not the customer's."));
        if (sender == thread.CustomerId) return new ThreadAnswer(thread, new Threading(by, $"{how}."));
        if (thread.IsOfUnknown) return new ThreadAnswer(thread, new Threading(by, $"{how}. It shows who the visitor of the chat is."), Moves: true);
        return new ThreadAnswer(null, new Threading(ThreadedBy.New, $"It answers {thread.Id}, but another customer wrote it."));
    }
}
