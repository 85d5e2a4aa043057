using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CustomerCrm.Customers.Searching;

/// <summary>
/// Text as it is searched for: lower case and without accents, so that "Čapek", "capek" and "CAPEK" are one.
/// By a table of our own, because the runtime decomposes no letters when it carries no culture data.
/// </summary>
internal static class Folding
{
    public static string Fold(string text) => Ascii.IsValid(text) ? text.ToLowerInvariant() : string.Concat(text.EnumerateRunes()
        .Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
        .Select(rune => Rune.ToLowerInvariant(rune))
        .Select(rune => rune.IsBmp && plain.TryGetValue((char)rune.Value, out var letters) ? letters : rune.ToString()));

    // Each text is a plain letter, then the letters that fold to it: the canonical decompositions of the Unicode Character Database.
    private static readonly string[] accented =
    [
        "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ",
        "bḃḅḇ",
        "cçćĉċčḉ",
        "dďḋḍḏḑḓ",
        "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ",
        "fḟ",
        "gĝğġģǧǵḡ",
        "hĥȟḣḥḧḩḫẖ",
        "iìíîïĩīĭįǐȉȋḭḯỉị",
        "jĵǰ",
        "kķǩḱḳḵ",
        "lĺļľḷḹḻḽ",
        "mḿṁṃ",
        "nñńņňǹṅṇṉṋ",
        "oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ",
        "pṕṗ",
        "rŕŗřȑȓṙṛṝṟ",
        "sśŝşšșṡṣṥṧṩ",
        "tţťțṫṭṯṱẗ",
        "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự",
        "vṽṿ",
        "wŵẁẃẅẇẉẘ",
        "xẋẍ",
        "yýÿŷȳẏẙỳỵỷỹ",
        "zźżžẑẓẕ",
        "αάἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ",
        "εέἐἑἒἓἔἕὲέ",
        "ηήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ",
        "ιΐίϊἰἱἲἳἴἵἶἷὶίῐῑῒΐῖῗ",
        "οόὀὁὂὃὄὅὸό",
        "ρῤῥ",
        "υΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ",
        "ωώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ",
        "аӑӓ",
        "гѓ",
        "еѐёӗ",
        "жӂӝ",
        "зӟ",
        "иѝӣӥ",
        "кќ",
        "оӧ",
        "уўӯӱӳ",
        "чӵ",
        "ыӹ",
        "эӭ",
    ];

    // Letters that have no decomposition, as people type them on another keyboard; and the İ, which has no small form but in Turkish.
    private static readonly (char Letter, string Plain)[] others =
    [
        ('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ø', "o"), ('ł', "l"), ('đ', "d"), ('ð', "d"), ('þ', "th"), ('ħ', "h"), ('ı', "i"), ('İ', "i"), ('ŧ', "t"), ('ς', "σ"),
    ];

    private static readonly FrozenDictionary<char, string> plain = accented
        .SelectMany(row => row[1..].Select(letter => (Letter: letter, Plain: row[..1])))
        .Concat(others)
        .ToFrozenDictionary(pair => pair.Letter, pair => pair.Plain);
}
