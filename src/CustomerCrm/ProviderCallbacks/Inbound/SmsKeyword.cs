namespace CustomerCrm.ProviderCallbacks.Inbound;

/// <summary>What a text message asks of us, if it is one of the words that mean something everywhere (CTIA, Messaging Principles) or their German ones.</summary>
internal enum SmsKeyword
{
    None,
    Stop,
    Start,
    Help,
}

internal static class SmsKeywords
{
    private static readonly string[] stops = ["STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "OPT OUT", "REVOKE", "REMOVE", "STOPP", "ABMELDEN", "ABBESTELLEN", "ARRET"];
    private static readonly string[] starts = ["START", "UNSTOP", "SUBSCRIBE"];
    private static readonly string[] helps = ["HELP", "INFO", "HILFE", "AIDE"];

    /// <summary>The word must be all there is: "please stop by" asks for nothing.</summary>
    public static SmsKeyword Of(string? body)
    {
        var word = new string([.. (body ?? "").Trim().ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal).Where(c => !char.IsPunctuation(c))]).Trim();
        return stops.Contains(word) ? SmsKeyword.Stop : starts.Contains(word) ? SmsKeyword.Start : helps.Contains(word) ? SmsKeyword.Help : SmsKeyword.None;
    }
}
