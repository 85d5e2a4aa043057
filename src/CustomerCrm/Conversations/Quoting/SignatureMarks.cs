using System.Text.RegularExpressions;

namespace CustomerCrm.Conversations.Quoting;

/// <summary>Where a signature begins: two dashes and a space on a line of their own (RFC 3676, 4.3), or what telephones put under a message. Pure.</summary>
internal static partial class SignatureMarks
{
    private const int MostLines = 20, LongestLine = 120;

    /// <summary>Within lines that are the customer's; null: there is none, or nothing would be left.</summary>
    public static int? StartIn(TextLines lines, int from, int to)
    {
        var end = to;
        while (end > from && lines.IsBlank(end - 1)) end--;
        var start = end;
        for (var line = Math.Max(from, end - MostLines); line < end && start == end; line++)
            if (lines[line] is "--" or "—" && line + 1 < end) start = line;
        if (start == end && end > from && lines[end - 1].Length <= LongestLine && Telephone().IsMatch(lines[end - 1])) start = end - 1;
        return start < end && Enumerable.Range(from, start - from).Any(line => !lines.IsBlank(line)) ? start : null;
    }

    [GeneratedRegex(@"^(sent from (my )?(iphone|ipad|ipod|samsung|galaxy|android|mobile|phone|huawei|xiaomi|pixel|windows|yahoo|outlook|mail|proton|gmail|blackberry)|get outlook for |sent with (proton|airmail|spark)|sent via |von meinem .+ gesendet|gesendet von |gesendet mit (der|dem|outlook|proton)|holen sie sich outlook für |diese nachricht wurde von meinem .+ gesendet|envoyé (de(puis)?|à partir de|avec) |obtenir outlook pour |télécharger outlook pour |enviado desde (mi|el|outlook|mail)|enviado do (meu|outlook)|inviato da |verzonden vanaf |verstuurd vanaf |poslato sa |послато са |wysłane z |skickat från |sendt fra )", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Telephone();
}
