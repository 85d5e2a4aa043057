using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerCrm.Templates.Rendering;

/// <summary>A marketing text message says how to get no more of them; where it does not say so itself, a line is put under it. Pure.</summary>
internal static partial class SmsOptOut
{
    public static string Added(string sms, OptOutWords words, CustomerAddresses addresses, bool canBeAnswered)
    {
        if (Keyword().IsMatch(sms) || sms.Contains(addresses.Unsubscribe, StringComparison.Ordinal)) return sms;
        return $"{sms}\n{(canBeAnswered ? words.Stop : string.Format(CultureInfo.InvariantCulture, words.StopByLink, addresses.Unsubscribe))}";
    }

    // In capitals, as one word: nobody is told anything by "stop by any time".
    [GeneratedRegex(@"\b(STOP|STOPP|ABMELDEN|UNSUBSCRIBE|ARRET)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Keyword();
}
