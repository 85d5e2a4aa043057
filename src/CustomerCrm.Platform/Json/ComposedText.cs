using System.Collections.Frozen;
using System.Text;

namespace CustomerCrm.Platform.Json;

/// <summary>
/// Text with its letters and marks put together, as most keyboards write it: what looks the same is the same (Unicode Standard Annex 15, form C).
/// By a table of our own, because the runtime composes nothing when it carries no culture data. Marks are taken in the order they stand in, which
/// is that of every system that takes letters apart; the few signs that have another sign's looks (the ohm and the ångström sign) stay. Pure.
/// </summary>
public static class ComposedText
{
    private const char FirstMark = '\u0300';

    public static string Of(string text)
    {
        var first = text.AsSpan().IndexOfAnyInRange(FirstMark, '\uffff');
        if (first < 0) return text;
        var composed = new StringBuilder(text.Length);
        var (letter, last) = (-1, 0); // where the letter stands that marks belong to, and the class of the last one that stayed a mark
        foreach (var c in text)
        {
            var ofMark = classes.GetValueOrDefault(c, IsMark(c) ? 255 : 0);
            if (letter >= 0 && (last == 0 || (ofMark != 0 && last < ofMark)) && Together(composed[letter], c) is { } one)
            {
                composed[letter] = one;
                continue;
            }
            composed.Append(c);
            if (ofMark == 0) (letter, last) = (composed.Length - 1, 0);
            else last = Math.Max(last, ofMark);
        }
        return composed.ToString();
    }

    private static char? Together(char letter, char mark) =>
        composites.TryGetValue((letter, mark), out var one) ? one
        : letter is >= '\u1100' and < '\u1113' && mark is >= '\u1161' and < '\u1176' ? (char)(0xAC00 + ((letter - 0x1100) * 21 + (mark - 0x1161)) * 28)
        : letter is >= '\uac00' and < '\ud7a4' && (letter - 0xAC00) % 28 == 0 && mark is > '\u11a7' and < '\u11c3' ? (char)(letter + (mark - 0x11A7))
        : null;

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark;

    // Each mark with its combining class (0: a letter's second half) and, in pairs, the letters it goes with and what comes of it.
    private static readonly (string Mark, int Class, string Pairs)[] marks =
    [
        ("\u0300", 230, "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹЕЀИЍеѐиѝĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳἀἂἁἃἈἊἉἋἐἒἑἓἘἚἙἛἠἢἡἣἨἪἩἫἰἲἱἳἸἺἹἻὀὂὁὃὈὊὉὋὐὒὑὓὙὛὠὢὡὣὨὪὩὫαὰεὲηὴιὶοὸυὺωὼΑᾺΕῈΗῊ᾿῍ϊῒΙῚ῾῝ϋῢΥῪ¨῭ΟῸΩῺ"),
        ("\u0301", 230, "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿ¨΅ΑΆΕΈΗΉΙΊΟΌΥΎΩΏϊΐαάεέηήιίϋΰοόυύωώϒϓГЃКЌгѓкќÇḈçḉĒḖēḗÏḮïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứἀἄἁἅἈἌἉἍἐἔἑἕἘἜἙἝἠἤἡἥἨἬἩἭἰἴἱἵἸἼἹἽὀὄὁὅὈὌὉὍὐὔὑὕὙὝὠὤὡὥὨὬὩὭ᾿῎῾῞"),
        ("\u0302", 230, "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"),
        ("\u0303", 230, "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"),
        ("\u0304", 230, "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳИӢиӣУӮуӯGḠgḡḶḸḷḹṚṜṛṝαᾱΑᾹιῑΙῙυῡΥῩ"),
        ("\u0306", 230, "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭУЎИЙийуўЖӁжӂАӐаӑЕӖеӗȨḜȩḝẠẶạặαᾰΑᾸιῐΙῘυῠΥῨ"),
        ("\u0307", 230, "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆwẇXẊxẋYẎyẏſẛ"),
        ("\u0308", 230, "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸΙΪΥΫιϊυϋϒϔЕЁІЇеёіїАӒаӓӘӚәӛЖӜжӝЗӞзӟИӤиӥОӦоӧӨӪөӫЭӬэӭУӰуӱЧӴчӵЫӸыӹHḦhḧÕṎõṏŪṺūṻWẄwẅXẌxẍtẗ"),
        ("\u0309", 230, "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"),
        ("\u030a", 230, "AÅaåUŮuůwẘyẙ"),
        ("\u030b", 230, "OŐoőUŰuűУӲуӳ"),
        ("\u030c", 230, "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ"),
        ("\u030f", 230, "AȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕѴѶѵѷ"),
        ("\u0311", 230, "AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ"),
        ("\u0313", 230, "αἀΑἈεἐΕἘηἠΗἨιἰΙἸοὀΟὈυὐωὠΩὨρῤ"),
        ("\u0314", 230, "αἁΑἉεἑΕἙηἡΗἩιἱΙἹοὁΟὉυὑΥὙωὡΩὩρῥΡῬ"),
        ("\u031b", 216, "OƠoơUƯuư"),
        ("\u0323", 220, "BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"),
        ("\u0324", 220, "UṲuṳ"),
        ("\u0325", 220, "AḀaḁ"),
        ("\u0326", 220, "SȘsșTȚtț"),
        ("\u0327", 202, "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"),
        ("\u0328", 202, "AĄaąEĘeęIĮiįUŲuųOǪoǫ"),
        ("\u032d", 220, "DḒdḓEḘeḙLḼlḽNṊnṋTṰtṱUṶuṷ"),
        ("\u032e", 220, "HḪhḫ"),
        ("\u0330", 220, "EḚeḛIḬiḭUṴuṵ"),
        ("\u0331", 220, "BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ"),
        ("\u0338", 1, "←↚→↛↔↮⇐⇍⇔⇎⇒⇏∃∄∈∉∋∌∣∤∥∦∼≁≃≄≅≇≈≉=≠≡≢≍≭<≮>≯≤≰≥≱≲≴≳≵≶≸≷≹≺⊀≻⊁⊂⊄⊃⊅⊆⊈⊇⊉⊢⊬⊨⊭⊩⊮⊫⊯≼⋠≽⋡⊑⋢⊒⋣⊲⋪⊳⋫⊴⋬⊵⋭"),
        ("\u0342", 230, "ἀἆἁἇἈἎἉἏἠἦἡἧἨἮἩἯἰἶἱἷἸἾἹἿὐὖὑὗὙὟὠὦὡὧὨὮὩὯαᾶ¨῁ηῆ᾿῏ιῖϊῗ῾῟υῦϋῧωῶ"),
        ("\u0345", 240, "ἀᾀἁᾁἂᾂἃᾃἄᾄἅᾅἆᾆἇᾇἈᾈἉᾉἊᾊἋᾋἌᾌἍᾍἎᾎἏᾏἠᾐἡᾑἢᾒἣᾓἤᾔἥᾕἦᾖἧᾗἨᾘἩᾙἪᾚἫᾛἬᾜἭᾝἮᾞἯᾟὠᾠὡᾡὢᾢὣᾣὤᾤὥᾥὦᾦὧᾧὨᾨὩᾩὪᾪὫᾫὬᾬὭᾭὮᾮὯᾯὰᾲαᾳάᾴᾶᾷΑᾼὴῂηῃήῄῆῇΗῌὼῲωῳώῴῶῷΩῼ"),
        ("\u0653", 230, "اآ"),
        ("\u0654", 230, "اأوؤيئەۀہۂےۓ"),
        ("\u0655", 220, "اإ"),
        ("\u093c", 7, "नऩरऱळऴ"),
        ("\u09be", 0, "েো"),
        ("\u09d7", 0, "েৌ"),
        ("\u0b3e", 0, "େୋ"),
        ("\u0b56", 0, "େୈ"),
        ("\u0b57", 0, "େୌ"),
        ("\u0bbe", 0, "ெொேோ"),
        ("\u0bd7", 0, "ஒஔெௌ"),
        ("\u0c56", 91, "ెై"),
        ("\u0cc2", 0, "ೆೊ"),
        ("\u0cd5", 0, "ಿೀೆೇೊೋ"),
        ("\u0cd6", 0, "ೆೈ"),
        ("\u0d3e", 0, "െൊേോ"),
        ("\u0d57", 0, "െൌ"),
        ("\u0dca", 9, "ෙේොෝ"),
        ("\u0dcf", 0, "ෙො"),
        ("\u0ddf", 0, "ෙෞ"),
        ("\u102e", 0, "ဥဦ"),
        ("\u1b35", 0, "ᬅᬆᬇᬈᬉᬊᬋᬌᬍᬎᬑᬒᬺᬻᬼᬽᬾᭀᬿᭁᭂᭃ"),
        ("\u3099", 8, "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔゝゞカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴワヷヰヸヱヹヲヺヽヾ"),
        ("\u309a", 8, "はぱひぴふぷへぺほぽハパヒピフプヘペホポ"),
    ];

    private static readonly FrozenDictionary<(char, char), char> composites = marks
        .SelectMany(row => row.Pairs.Chunk(2).Select(pair => ((pair[0], row.Mark[0]), pair[1]))).ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2);

    private static readonly FrozenDictionary<char, int> classes = marks.ToFrozenDictionary(row => row.Mark[0], row => row.Class);
}
