namespace CustomerCrm.Bots.Talking;

/// <summary>Where a bot stands in a conversation, between two messages.</summary>
public sealed record BotState
{
    /// <summary>The step whose question is open; null: none.</summary>
    public string? Waiting { get; init; }

    /// <summary>What is known.</summary>
    public IReadOnlyDictionary<string, string> Slots { get; init; } = new Dictionary<string, string>();

    /// <summary>How often the open question was asked in vain.</summary>
    public int Tries { get; init; }

    /// <summary>Messages in a row that were not understood.</summary>
    public int Misses { get; init; }

    /// <summary>What was recognised last.</summary>
    public string? Intent { get; init; }

    /// <summary>In which language it speaks.</summary>
    public string Locale { get; init; } = "en";

    /// <summary>It has said that it is a bot.</summary>
    public bool IsIntroduced { get; init; }

    /// <summary>Nobody is there: the next message is kept for when somebody is.</summary>
    public bool TakesMessage { get; init; }
}

/// <summary>What is known of the customer and the hour, beside what they say.</summary>
public sealed record BotFacts
{
    /// <summary>They have proven who they are.</summary>
    public required bool IsIdentified { get; init; }

    /// <example>en</example>
    public required string Language { get; init; }

    /// <example>chat</example>
    public required string Channel { get; init; }

    /// <summary>People are there.</summary>
    public required bool AreOpen { get; init; }

    /// <summary>When they are next, as it is said; null while they are, and if they never are.</summary>
    public string? OpensAt { get; init; }

    /// <summary>What the bot is called.</summary>
    public required string BotName { get; init; }
}

/// <summary>What a bot must look up before it can go on.</summary>
/// <param name="IsOrder">An order of the customer's; else articles.</param>
/// <param name="Text">The order's number, null for the latest; or what to look for.</param>
internal sealed record BotNeed(bool IsOrder, string? Text);

/// <summary>What came of it.</summary>
/// <param name="Lines">Sentences to say; none, where nothing was found.</param>
internal sealed record BotFinding(IReadOnlyList<string> Lines);

/// <summary>A decision, and why: what the test console shows and each answer keeps.</summary>
/// <param name="Kind">human_word, compared, pattern, intent, no_intent, slot, step, branch, found, not_found, not_identified, helpful, hand_over, hours, end.</param>
/// <param name="Detail">For people.</param>
public sealed record BotReason(string Kind, string Detail);

/// <summary>How a talk ended. The numbers are stored.</summary>
public enum BotOutcome
{
    Talking = 1,

    /// <summary>The bot came to the end of what the customer wanted.</summary>
    Resolved = 2,
    HandedOver = 3,

    /// <summary>Nobody was there; what the customer wants waits in the queue.</summary>
    MessageTaken = 4,

    /// <summary>A person answered or took the conversation before.</summary>
    TakenOver = 5,
}

/// <summary>What a bot does with one message.</summary>
internal sealed record BotMove
{
    public required BotState State { get; init; }

    /// <summary>Said in this order, as one message.</summary>
    public IReadOnlyList<string> Says { get; init; } = [];

    public IReadOnlyList<BotReason> Why { get; init; } = [];

    /// <summary>To be looked up; then it goes on.</summary>
    public BotNeed? Need { get; init; }

    /// <summary>The step that goes on with what was looked up; null: the articles that are searched for what was not recognised.</summary>
    public string? NeededBy { get; init; }

    /// <summary>The questions that this message has answered, or that were passed over because the answer was known.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];

    public BotOutcome Outcome { get; init; } = BotOutcome.Talking;

    /// <summary>Of a hand-over: asked, not_understood, flow, not_helpful, not_identified, failed.</summary>
    public string? Reason { get; init; }

    /// <summary>Of a hand-over: the step that names the queue.</summary>
    public string? HandedOverBy { get; init; }

    /// <summary>What the customer said when asked whether it helped.</summary>
    public bool? IsHelpful { get; init; }

    public string? Intent { get; init; }
    public double? Score { get; init; }
    public bool IsUnrecognised { get; init; }

    /// <summary>Says one thing more.</summary>
    public BotMove Say(string text) => text.Length == 0 ? this : this with { Says = [.. Says, text] };

    /// <summary>For one reason more.</summary>
    public BotMove Because(string kind, string detail) => this with { Why = [.. Why, new BotReason(kind, detail)] };

    public BotMove Fill(string slot, string value) => this with { State = State with { Slots = new Dictionary<string, string>(State.Slots) { [slot] = value } } };

    public BotMove End() => (this with { Outcome = BotOutcome.Resolved }).Because("end", "It came to the end.");
}
