using System.Collections.Frozen;
using System.Globalization;

namespace CustomerCrm.Customers.Identities.Forms;

/// <summary>How numbers of one country are written.</summary>
/// <param name="Country">ISO 3166-1.</param>
/// <param name="Code">The country calling code of ITU-T E.164.</param>
/// <param name="Min">The fewest digits of a national significant number.</param>
/// <param name="Max">The most.</param>
/// <param name="Trunk">What is dialled before it inside the country and is no part of it; empty where there is none.</param>
internal sealed record NumberPlan(string Country, string Code, int Min, int Max, string Trunk);

/// <summary>The country calling codes, with the lengths national numbering plans allow (ITU-T E.164 and E.129).</summary>
internal static class CallingCodes
{
    public static NumberPlan? OfCountry(string country) => byCountry.GetValueOrDefault(country);

    /// <summary>The plan of a number that begins with its country calling code. No code begins with another.</summary>
    public static NumberPlan? OfNumber(string digits)
    {
        for (var length = 1; length <= Math.Min(3, digits.Length); length++)
            if (byCode.TryGetValue(digits[..length], out var plan)) return plan;
        return null;
    }

    // Country, code, fewest digits, most digits, trunk prefix (- for none). Of countries that share a code, the first speaks for it.
    private const string Table = """
        US 1 10 10 1, CA 1 10 10 1, AG 1 10 10 1, AI 1 10 10 1, AS 1 10 10 1, BB 1 10 10 1, BM 1 10 10 1, BS 1 10 10 1, DM 1 10 10 1, DO 1 10 10 1
        GD 1 10 10 1, GU 1 10 10 1, JM 1 10 10 1, KN 1 10 10 1, KY 1 10 10 1, LC 1 10 10 1, MP 1 10 10 1, MS 1 10 10 1, PR 1 10 10 1, SX 1 10 10 1
        TC 1 10 10 1, TT 1 10 10 1, VC 1 10 10 1, VG 1 10 10 1, VI 1 10 10 1
        EG 20 8 10 0, SS 211 9 9 0, MA 212 9 9 0, EH 212 9 9 0, DZ 213 8 9 0, TN 216 8 8 -, LY 218 8 10 0, GM 220 7 7 -, SN 221 9 9 -, MR 222 8 8 -, ML 223 8 8 -
        GN 224 8 9 -, CI 225 10 10 -, BF 226 8 8 -, NE 227 8 8 -, TG 228 8 8 -, BJ 229 8 10 -, MU 230 7 8 -, LR 231 7 9 0, SL 232 8 8 0, GH 233 9 9 0
        NG 234 7 10 0, TD 235 8 8 -, CF 236 8 8 -, CM 237 9 9 -, CV 238 7 7 -, ST 239 7 7 -, GQ 240 9 9 -, GA 241 7 8 0, CG 242 9 9 -, CD 243 7 9 0
        AO 244 9 9 -, GW 245 7 9 -, IO 246 7 7 -, SC 248 7 7 -, SD 249 9 9 0, RW 250 9 9 0, ET 251 9 9 0, SO 252 7 9 0, DJ 253 8 8 -, KE 254 7 10 0
        TZ 255 9 9 0, UG 256 9 9 0, BI 257 8 8 -, MZ 258 8 9 -, ZM 260 9 9 0, MG 261 9 9 0, RE 262 9 9 0, YT 262 9 9 0, ZW 263 5 10 0, NA 264 8 9 0
        MW 265 7 9 0, LS 266 8 8 -, BW 267 7 8 -, SZ 268 8 8 -, KM 269 7 7 -, ZA 27 9 9 0, SH 290 4 5 -, ER 291 7 7 0, AW 297 7 7 -, FO 298 6 6 -, GL 299 6 6 -
        GR 30 10 10 -, NL 31 9 11 0, BE 32 8 9 0, FR 33 9 9 0, ES 34 9 9 -, GI 350 8 8 -, PT 351 9 9 -, LU 352 4 11 -, IE 353 7 9 0, IS 354 7 9 -, AL 355 7 9 0
        MT 356 8 8 -, CY 357 8 8 -, FI 358 5 12 0, AX 358 5 12 0, BG 359 6 9 0, HU 36 8 9 06, LT 370 8 8 0, LV 371 8 8 -, EE 372 7 8 -, MD 373 8 8 0, AM 374 8 8 0
        BY 375 9 10 8, AD 376 6 9 -, MC 377 8 9 0, SM 378 6 10 -, UA 380 9 9 0, RS 381 7 10 0, ME 382 8 9 0, XK 383 8 9 0, HR 385 8 9 0, SI 386 8 8 0, BA 387 8 9 0
        MK 389 8 8 0, IT 39 6 11 -, VA 39 6 11 -, RO 40 9 9 0, CH 41 9 9 0, CZ 420 9 9 -, SK 421 9 9 0, LI 423 7 9 0, AT 43 4 13 0, GB 44 7 10 0, GG 44 10 10 0
        IM 44 10 10 0, JE 44 10 10 0, DK 45 8 8 -, SE 46 7 10 0, NO 47 5 8 -, SJ 47 5 8 -, PL 48 9 9 -, DE 49 5 13 0
        FK 500 5 5 -, BZ 501 7 7 -, GT 502 8 8 -, SV 503 8 8 -, HN 504 8 8 -, NI 505 8 8 -, CR 506 8 8 -, PA 507 7 8 -, PM 508 6 9 0, HT 509 8 8 -, PE 51 8 9 0
        MX 52 10 10 -, CU 53 6 8 0, AR 54 10 11 0, BR 55 10 11 0, CL 56 9 9 -, CO 57 8 10 0, VE 58 10 10 0, GP 590 9 9 0, BL 590 9 9 0, MF 590 9 9 0
        BO 591 8 8 0, GY 592 7 7 -, EC 593 8 9 0, GF 594 9 9 0, PY 595 7 9 0, MQ 596 9 9 0, SR 597 6 7 -, UY 598 7 8 0, CW 599 7 8 -, BQ 599 7 7 -
        MY 60 7 10 0, AU 61 6 10 0, CX 61 9 9 0, CC 61 9 9 0, ID 62 7 12 0, PH 63 8 10 0, NZ 64 8 10 0, SG 65 8 8 -, TH 66 8 9 0, TL 670 7 8 -, NF 672 5 6 -
        BN 673 7 7 -, NR 674 7 7 -, PG 675 7 8 -, TO 676 5 7 -, SB 677 5 7 -, VU 678 5 7 -, FJ 679 7 7 -, PW 680 7 7 -, WF 681 6 6 -, CK 682 5 5 -, NU 683 4 7 -
        WS 685 5 10 -, KI 686 5 8 0, NC 687 6 6 -, TV 688 5 7 -, PF 689 6 8 -, TK 690 4 7 -, FM 691 7 7 -, MH 692 7 7 1
        RU 7 10 10 8, KZ 7 10 10 8, JP 81 9 10 0, KR 82 8 10 0, VN 84 7 10 0, HK 852 8 8 -, MO 853 8 8 -, KH 855 8 9 0, LA 856 8 10 0, CN 86 7 11 0
        BD 880 6 10 0, TW 886 8 9 0, TR 90 10 10 0, IN 91 10 10 0, PK 92 8 10 0, AF 93 9 9 0, LK 94 9 9 0, MM 95 7 10 0, MV 960 7 7 -, LB 961 7 8 0, JO 962 8 9 0
        SY 963 8 9 0, IQ 964 8 10 0, KW 965 8 8 -, SA 966 9 9 0, YE 967 7 9 0, OM 968 8 8 -, PS 970 8 9 0, AE 971 8 9 0, IL 972 8 9 0, BH 973 8 8 -, QA 974 7 8 -
        BT 975 7 8 -, MN 976 8 8 0, NP 977 8 10 0, IR 98 10 10 0, TJ 992 9 9 -, TM 993 8 8 8, AZ 994 9 9 0, GE 995 9 9 0, KG 996 9 9 0, UZ 998 9 9 -
        """;

    private static readonly NumberPlan[] plans =
    [
        .. Table.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' '))
            .Select(part => new NumberPlan(part[0], part[1], Number(part[2]), Number(part[3]), part[4] == "-" ? "" : part[4])),
    ];

    private static readonly FrozenDictionary<string, NumberPlan> byCountry = plans.ToFrozenDictionary(plan => plan.Country);

    // Where countries share a code but not the lengths, the shortest and the longest of them hold.
    private static readonly FrozenDictionary<string, NumberPlan> byCode = plans
        .GroupBy(plan => plan.Code)
        .ToFrozenDictionary(same => same.Key, same => same.First() with { Min = same.Min(p => p.Min), Max = same.Max(p => p.Max) });

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
