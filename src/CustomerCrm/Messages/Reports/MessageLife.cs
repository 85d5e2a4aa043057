namespace CustomerCrm.Messages.Reports;

/// <summary>
/// Where a message stands after a report. It only ever moves forward, by the numbers of <see cref="MessageState"/>: so the same reports come to the
/// same end in whatever order, and however often, they are told.
/// </summary>
internal static class MessageLife
{
    public static MessageState After(MessageState state, MessageReportKind kind, bool isPermanent)
    {
        if (state is MessageState.Refused or MessageState.Cancelled) return state; // it was not ours that was reported
        MessageState? said = kind switch
        {
            MessageReportKind.Delivered => MessageState.Delivered,
            MessageReportKind.Bounced => isPermanent ? MessageState.Bounced : null, // the provider tries again by itself
            MessageReportKind.Complained => MessageState.Complained,
            MessageReportKind.Opened => MessageState.Opened,
            MessageReportKind.Clicked => MessageState.Clicked,
            MessageReportKind.Failed => MessageState.Failed,
            MessageReportKind.Sent => MessageState.Sent,
            _ => null,
        };
        return said is { } further && further > state ? further : state;
    }
}
