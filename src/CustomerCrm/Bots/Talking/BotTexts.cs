namespace CustomerCrm.Bots.Talking;

/// <summary>What every bot says in one language. {0} and so on stand for what is named.</summary>
internal sealed record BotTexts
{
    /// <summary>0: what the bot is called.</summary>
    public required string Introduction { get; init; }
    public required string HandingOver { get; init; }
    /// <summary>0: when people are there again.</summary>
    public required string Closed { get; init; }
    public required string ClosedForNow { get; init; }
    public required string MessageTaken { get; init; }
    public required string NotUnderstood { get; init; }
    public required string TryAgain { get; init; }
    public required string DidThatHelp { get; init; }
    public required string Glad { get; init; }
    public required string NotIdentified { get; init; }
    public required string OrderNotFound { get; init; }
    /// <summary>0: its number, 1: the day, 2: paid or not, 3: where it is.</summary>
    public required string Order { get; init; }
    /// <summary>0: its number, 1: the day.</summary>
    public required string CancelledOrder { get; init; }
    public required string Unpaid { get; init; }
    public required string Paid { get; init; }
    public required string Refunded { get; init; }
    public required string PaymentFailed { get; init; }
    public required string BeingPacked { get; init; }
    public required string PartlyShipped { get; init; }
    public required string Packed { get; init; }
    public required string Shipped { get; init; }
    public required string Delivered { get; init; }
    public required string SentBack { get; init; }
}
