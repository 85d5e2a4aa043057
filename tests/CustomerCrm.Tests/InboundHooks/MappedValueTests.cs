using System.Text.Json;
using CustomerCrm.InboundHooks.Mapping;

namespace CustomerCrm.Tests.InboundHooks;

public class MappedValueTests
{
    private static readonly TimeZoneInfo vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");

    [TestCase("12.50", "EUR", 1250)]
    [TestCase("12.5", "EUR", 1250)]
    [TestCase("-3", "EUR", -300)]
    [TestCase("980", "JPY", 980)]
    [TestCase("980.0", "JPY", 980)]
    [TestCase("1.234", "KWD", 1234)]
    [TestCase("1e2", "EUR", 10000)]
    [TestCase("0.10", "USD", 10)]
    public void An_amount_becomes_minor_units_exactly(string text, string currency, long minor) => Assert.That(MappedValue.MinorUnits(text, currency), Is.EqualTo(minor));

    [TestCase("12.505", "EUR", "amount_inexact")]
    [TestCase("980.5", "JPY", "amount_inexact")]
    [TestCase("12,50", "EUR", "number_invalid")]
    [TestCase("twelve", "EUR", "number_invalid")]
    [TestCase("99999999999999999", "EUR", "amount_invalid")]
    [TestCase("1", "EURO", "unknown_currency")]
    [TestCase("1e400", "EUR", "number_invalid")]
    public void What_would_have_to_be_rounded_or_guessed_is_refused(string text, string currency, string code) =>
        Assert.That(Assert.Throws<MappingException>(() => MappedValue.MinorUnits(text, currency))!.Code, Is.EqualTo(code));

    [TestCase("2030-06-01T12:00:00+02:00", null, "2030-06-01T10:00:00Z")]
    [TestCase("2030-06-01T12:00:00", null, "2030-06-01T10:00:00Z", Description = "without an offset it was written where the tenant is")]
    [TestCase("2030-06-01", null, "2030-05-31T22:00:00Z")]
    [TestCase("1906538400", "unix_seconds", "2030-06-01T10:00:00Z")]
    [TestCase("1906538400000", "unix_milliseconds", "2030-06-01T10:00:00Z")]
    [TestCase("01.06.2030 12:00", "dd.MM.yyyy HH:mm", "2030-06-01T10:00:00Z")]
    public void Times_are_read_as_they_are_written(string text, string? format, string utc) => Assert.That(MappedValue.TimeOf(text, format, vienna), Is.EqualTo(utc));

    [Test]
    public void A_transform_takes_any_value_and_never_breaks()
    {
        string[] values = ["null", "true", "[]", "{}", "\"\"", "1e999", "-0", "\"\\u0000\"", "\"x\"", "12.5", "[[[]]]"];
        foreach (var op in Enum.GetValues<TransformOp>())
            foreach (var value in values)
            {
                var transform = new Transform { Op = op, Values = op == TransformOp.Map ? new Dictionary<string, JsonElement>() : null };
                try
                {
                    MappedValue.Apply(transform, JsonElement.Parse(value), "EUR", vienna);
                }
                catch (MappingException)
                {
                    // That is how it says no.
                }
            }
    }

    [TestCase("", "whole")]
    [TestCase("/a~1b", "slash")]
    [TestCase("/m~0n", "tilde")]
    [TestCase("/list/1", "second")]
    [TestCase("/list/01", null)]
    [TestCase("/list/-", null)]
    [TestCase("/nothing/there", null)]
    [TestCase("/none", null)]
    public void Pointers_are_read_as_RFC_6901_says(string pointer, string? expected)
    {
        var document = JsonElement.Parse("""{"a/b":"slash","m~n":"tilde","list":["first","second"],"none":null}""");

        var found = PayloadPointer.Find(document, pointer);

        Assert.That(pointer.Length == 0 ? "whole" : found?.GetString(), Is.EqualTo(expected));
    }

    [TestCase("a")]
    [TestCase("/a~2")]
    [TestCase("/a~")]
    public void What_is_no_pointer_is_none(string text) => Assert.That(PayloadPointer.Parts(text), Is.Null);
}
