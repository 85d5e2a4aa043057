using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Money;

/// <summary>
/// The currencies that are legal tender, by their ISO 4217 code in capitals, and how many digits their minor unit has:
/// 100 cents to the euro are 2, the yen has 0. Funds codes, metals and test codes are none.
/// </summary>
public static class Currencies
{
    private static readonly FrozenDictionary<string, int> digits = Parse(
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"),
        (2, """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK
            DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD
            KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP
            PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH
            USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
            """),
        (3, "BHD IQD JOD KWD LYD OMR TND"));

    public static IEnumerable<string> All => digits.Keys.Order(StringComparer.Ordinal);

    public static bool IsKnown(string code) => digits.ContainsKey(code);

    /// <exception cref="KeyNotFoundException">There is no such currency.</exception>
    public static int MinorDigits(string code) => digits[code];

    private static FrozenDictionary<string, int> Parse(params (int Digits, string Codes)[] groups) => groups
        .SelectMany(group => group.Codes.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries), (group, code) => KeyValuePair.Create(code, group.Digits))
        .ToFrozenDictionary(StringComparer.Ordinal);
}

/// <summary>The text is the code of a currency that <see cref="Currencies"/> knows.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CurrencyCodeAttribute() : ValidationAttribute("Not a currency: give its ISO 4217 code in capitals, as in EUR."), ICoded
{
    public string Code => "unknown_currency";

    public override bool IsValid(object? value) => value is null || (value is string code && Currencies.IsKnown(code));
}
