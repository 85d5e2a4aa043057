using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace CustomerCrm.Conversations.Quoting;

/// <summary>The lines with which mail programs begin what they quote. Pure.</summary>
internal static partial class QuoteMarks
{
    private const int MostLines = 4, LongestLine = 300;

    /// <summary>How many lines from this one on say that a quote begins; 0: none does.</summary>
    public static int LengthAt(TextLines lines, int at)
    {
        if (lines.IsBlank(at) || lines[at].Length > LongestLine) return 0;
        var isOriginal = Original().IsMatch(lines[at]);
        if (!isOriginal && !Rule().IsMatch(lines[at])) return HeadingAt(lines, at);
        var next = lines.NextWritten(at + 1);
        return HeadingAt(lines, next) is var heading and > 0 ? next - at + heading : isOriginal ? 1 : 0;
    }

    private static int HeadingAt(TextLines lines, int at) => at >= lines.Count ? 0 : HeaderAt(lines, at) is var header and > 0 ? header : AttributionAt(lines, at);

    /// <summary>Whether no customer writes so, even if nothing below is marked: a heading of a program's, or an attribution with an address or a time.</summary>
    public static bool IsCertain(TextLines lines, int at, int length) =>
        Original().IsMatch(lines[at]) || Rule().IsMatch(lines[at]) || HeaderAt(lines, at) > 0 || Sender().IsMatch(Joined(lines, at, length));

    public static bool IsPassedOn(string? subject) => subject is not null && PassedOn().IsMatch(subject);

    // Outlook's: From, Sent, To, Subject, in the language of whoever answers.
    private static int HeaderAt(TextLines lines, int at)
    {
        if (LabelOf(lines, at) is not { } first || !froms.Contains(first)) return 0;
        var (length, hasDate) = (1, false);
        while (length < 8 && at + length < lines.Count && LabelOf(lines, at + length) is { } label)
        {
            hasDate |= dates.Contains(label);
            length++;
        }
        return length >= 3 && hasDate ? length : 0;
    }

    private static string? LabelOf(TextLines lines, int line)
    {
        var text = lines[line].Trim('*');
        var colon = text.IndexOf(':');
        if (colon is < 1 or > 20) return null;
        var label = text[..colon].Trim().Trim('*').Trim().ToString().ToLowerInvariant();
        return froms.Contains(label) || dates.Contains(label) || others.Contains(label) ? label : null;
    }

    // "On … wrote:", over several lines where it was wrapped.
    private static int AttributionAt(TextLines lines, int at)
    {
        if (lines.IsQuote(at)) return 0;
        var startsHere = at == 0 || lines.IsBlank(at - 1) || lines.IsQuote(at - 1) || Opening().IsMatch(lines[at]);
        for (var length = 1; startsHere && length <= MostLines && at + length <= lines.Count && !lines.IsBlank(at + length - 1); length++)
            if (lines[at + length - 1].EndsWith(':') && IsAttribution(Joined(lines, at, length))) return length;
        return 0;
    }

    private static bool IsAttribution(string text) => text.Length <= 2 * LongestLine && text.Any(c => char.IsAsciiDigit(c) || c == '@') && (Verb().IsMatch(text) || DateThenSender().IsMatch(text));

    private static string Joined(TextLines lines, int at, int length) => string.Join(' ', Enumerable.Range(at, length).Select(line => lines[line].ToString()));

    private static readonly FrozenSet<string> froms = FrozenSet.ToFrozenSet(["from", "von", "de", "da", "van", "od", "från", "fra", "od koho", "lähettäjä", "от", "од", "feladó"]);

    private static readonly FrozenSet<string> dates = FrozenSet.ToFrozenSet(["sent", "date", "gesendet", "datum", "envoyé", "envoyé le", "enviado", "enviado el", "fecha", "inviato", "data", "verzonden", "poslato", "послато", "датум", "wysłano", "skickat", "sendt", "dato", "odesláno", "lähetetty", "отправлено", "дата", "küldve"]);

    private static readonly FrozenSet<string> others = FrozenSet.ToFrozenSet(["to", "cc", "bcc", "subject", "reply-to", "importance", "an", "betreff", "antwort an", "à", "objet", "para", "asunto", "a", "oggetto", "assunto", "aan", "onderwerp", "za", "prima", "tema", "predmet", "за", "тема", "do", "dw", "temat", "till", "ämne", "til", "emne", "komu", "vastaanottaja", "aihe", "кому", "címzett", "tárgy", "kopie", "kopia", "copie"]);

    [GeneratedRegex(@"^[-_=\s]*-{2,}\s*(original message|original appointment|ursprüngliche nachricht|originalnachricht|original-nachricht|message d'origine|message d’origine|message original|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|originalna poruka|izvorna poruka|оригинална порука|wiadomość oryginalna|oryginalna wiadomość|ursprungligt meddelande|oprindelig meddelelse|původní zpráva|исходное сообщение)\s*-{2,}\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Original();

    [GeneratedRegex("^_{10,}$", RegexOptions.NonBacktracking)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^(on|am|le|el|il|em|op|den|dne|dana|w dniu|дана|в|a)\s", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Opening();

    [GeneratedRegex(@"\b(wrote|schrieb|schrieben|geschrieben|écrit|escribió|scritto|escreveu|schreef|napisao|napisala|napisao/la|napisao je|napisala je|написао|написала|написао/ла|napisał|napisała|napisał\(a\)|skrev|napsal|napsala|napsal\(a\)|kirjoitti|пишет|написал|írta)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Verb();

    [GeneratedRegex(@"^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\b.*<[^<>\s]+@[^<>\s]+>:$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DateThenSender();

    [GeneratedRegex(@"[^<>\s(]+@[^<>\s)]+\.[a-z]|\d{1,2}[:.h]\d{2}.*\d{4}|\d{4}.*\d{1,2}[:.h]\d{2}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Sender();

    [GeneratedRegex(@"^\s*(fw|fwd|wg|tr|rv|i|enc|doorst|vs|pd|прсл|пр)\s*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PassedOn();
}
