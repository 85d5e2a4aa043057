using System.Text;

namespace CustomerCrm.Platform.People;

/// <summary>
/// The passwords that are tried first. Kept as words, because people decorate them: what is looked up is the password in lower
/// case, with digits and signs read as the letters they stand for, and without what was put in front or behind.
/// </summary>
internal static class CommonPasswords
{
    private static readonly HashSet<string> words = new(StringComparer.Ordinal)
    {
        "password", "passwort", "passw", "passwd", "pass", "welcome", "willkommen", "letmein", "admin", "administrator", "root", "login", "master", "secret", "geheim",
        "qwerty", "qwertz", "azerty", "qwertyuiop", "qwertzuiop", "asdfghjkl", "asdf", "asdfasdf", "zxcvbnm", "yxcvbnm", "qazwsx", "qazwsxedc", "qweasd", "qweasdzxc",
        "iloveyou", "loveyou", "lovely", "sunshine", "princess", "dragon", "monkey", "shadow", "superman", "batman", "starwars", "pokemon", "football", "fussball",
        "baseball", "basketball", "hockey", "soccer", "michael", "jordan", "jennifer", "charlie", "daniel", "ashley", "hunter", "killer", "trustnoone", "trustno",
        "computer", "internet", "samsung", "google", "facebook", "changeme", "changemenow", "default", "guest", "test", "tester", "testtest", "user", "temp", "demo",
        "hello", "hallo", "hellohello", "whatever", "freedom", "mustang", "ferrari", "summer", "sommer", "winter", "spring", "autumn", "january", "february", "monday", "friday",
        "company", "customer", "customercrm", "crm", "access", "abc", "abcabc", "abcdef", "abcdefg", "abcdefgh", "abcd", "cheese", "chocolate", "flower", "blink", "diamond",
    };

    private static readonly Dictionary<char, char> letters = new()
    {
        ['0'] = 'o', ['1'] = 'i', ['3'] = 'e', ['4'] = 'a', ['5'] = 's', ['7'] = 't', ['@'] = 'a', ['$'] = 's', ['!'] = 'i',
    };

    public static bool Has(string password)
    {
        var lower = password.ToLowerInvariant();
        return IsMonotonous(lower) || words.Contains(Core(lower)) || words.Contains(Core(Read(lower))) || words.Contains(Read(Core(lower)));
    }

    // One character over and over, or a run of neighbours up or down: 11111111, 12345678, hgfedcba; and such a run repeated.
    private static bool IsMonotonous(string text)
    {
        var changes = 0;
        for (var i = 2; i < text.Length; i++)
            if (text[i] - text[i - 1] != text[1] - text[0] || Math.Abs(text[i] - text[i - 1]) > 1) changes++;
        return changes <= 2 && text.Length < 24 || text.Distinct().Count() <= 2;
    }

    private static string Core(string text) => text.Trim([.. text.Where(c => !char.IsLetter(c)).Distinct()]);

    private static string Read(string text)
    {
        var read = new StringBuilder(text);
        for (var i = 0; i < read.Length; i++) if (letters.TryGetValue(read[i], out var letter)) read[i] = letter;
        return read.ToString();
    }
}
