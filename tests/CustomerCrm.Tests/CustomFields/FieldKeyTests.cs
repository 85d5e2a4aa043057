using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Lists;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerCrm.Tests.CustomFields;

/// <summary>Keys sort like their values, whatever these are.</summary>
public class FieldKeyTests
{
    private static readonly Gen<decimal> numbers = Gen.OneOf(
        Gen.Choose(-1000, 1000).Select(n => n / 8m), Gen.Elements(-FieldRules.Most, FieldRules.Most, 0m, 0.000001m, -0.000001m),
        Gen.Choose(int.MinValue, int.MaxValue).Select(n => n * 400m));

    private static readonly Gen<string> texts = Gen.Elements("", "a", "A", "ab", "aB", "ä", "ß", "é", "b", "z", "Z", "😀", "a\tb", new string('x', 399), new string('x', 400), new string('X', 401), new string('x', 1000))
        .Two().Select(pair => pair.Item1 + pair.Item2).Where(text => text.Length > 0);

    [Test]
    public void A_number_is_above_another_when_its_key_is() => Prop.ForAll(numbers.Two().ToArbitrary(), pair =>
        Math.Sign(FieldKey.Of(pair.Item1).AsSpan().SequenceCompareTo(FieldKey.Of(pair.Item2))) == pair.Item1.CompareTo(pair.Item2)).QuickCheckThrowOnFailure();

    [Test]
    public void A_text_has_its_key_alone() => Prop.ForAll(texts.Two().ToArbitrary(), pair =>
        ValueRange.Exactly(FieldKey.Of(pair.Item1)).Contains(FieldKey.Of(pair.Item2)) == (pair.Item1 == pair.Item2)).QuickCheckThrowOnFailure();

    [Test]
    public void A_text_lies_among_those_that_begin_like_it_in_any_case() => Prop.ForAll(texts.Two().ToArbitrary(), pair =>
    {
        var beginning = pair.Item1[..Math.Min(pair.Item1.Length, 100)];
        return ValueRange.StartingWith(FieldKey.Beginning(beginning)).Contains(FieldKey.Of(pair.Item2)) == pair.Item2.ToUpperInvariant().StartsWith(beginning.ToUpperInvariant(), StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Every_key_lies_among_all() => Prop.ForAll(numbers.ToArbitrary(), number => ValueRange.All.Contains(FieldKey.Of(number))).QuickCheckThrowOnFailure();

    [Test]
    public void The_parts_of_an_order_leave_nothing_out_and_nothing_twice() => Prop.ForAll(numbers.Two().ToArbitrary(), pair =>
    {
        var (key, other) = (FieldKey.Of(pair.Item1), FieldKey.Of(pair.Item2));
        bool Is(string op) => FieldOperators.RangeOf(op, key).Contains(other);
        return Is("gte") == (pair.Item2 >= pair.Item1) && Is("gt") == (pair.Item2 > pair.Item1) && Is("lte") == (pair.Item2 <= pair.Item1) && Is("lt") == (pair.Item2 < pair.Item1)
            && Is("eq") == (pair.Item2 == pair.Item1);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void A_key_fits_its_column()
    {
        Assert.That(FieldKey.Of(new string('€', 1000)), Has.Length.LessThanOrEqualTo(850));
        Assert.That(FieldKey.Of(new string('ß', 133) + "a"), Has.Length.LessThanOrEqualTo(850));
    }
}
