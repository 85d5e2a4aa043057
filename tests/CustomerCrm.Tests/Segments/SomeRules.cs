using System.Text.Json;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Segments;
using CustomerCrm.Segments.Rules;
using CustomerCrm.Segments.Rules.Conditions;
using CustomerCrm.Segments.Rules.Fields;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerCrm.Tests.Segments;

/// <summary>Rules of every form, over every field, with values that the customers of <see cref="SomePeople"/> have, just miss, or do not know.</summary>
internal static class SomeRules
{
    /// <param name="depth">How deep rules are nested.</param>
    /// <param name="other">A segment that can be asked about.</param>
    public static Gen<SegmentRule> Nested(int depth, Id<Segment> other) => depth == 0 ? Test(other) : Gen.Frequency(
        (3, Test(other)),
        (2, Several(depth, other).Select(parts => new SegmentRule { All = parts })),
        (2, Several(depth, other).Select(parts => new SegmentRule { Any = parts })),
        (2, Nested(depth - 1, other).Select(part => new SegmentRule { Not = part })));

    private static Gen<SegmentRule[]> Several(int depth, Id<Segment> other) => Nested(depth - 1, other).ArrayOf(2).SelectMany(two => Nested(depth - 1, other).Select(third => two.Append(third).ToArray()));

    private static Gen<SegmentRule> Test(Id<Segment> other) => Gen.Frequency(
        (3, Events.Select(test => new SegmentRule { Events = test })),
        (3, Sequences.Select(test => new SegmentRule { Sequence = test })),
        (2, Products.Select(test => new SegmentRule { Products = test })),
        (1, Gen.Constant(new SegmentRule { Segment = other })),
        (4, Gen.Elements(SegmentFields.All.ToArray()).SelectMany(OfField)),
        (1, Gen.Elements(SomePeople.OwnFields).SelectMany(OfField)),
        (2, Orders.Select(test => new SegmentRule { Orders = test })),
        (1, Interactions.Select(test => new SegmentRule { Interactions = test })));

    private static Gen<SegmentRule> OfField(SegmentField field) =>
        from op in Gen.Elements(field.Operators.ToArray())
        from value in ValueOf(field, op)
        select new SegmentRule { Field = field.Name, Op = op, Value = JsonSerializer.SerializeToElement(value) };

    private static Gen<object> ValueOf(SegmentField field, string op)
    {
        var one = Gen.Elements(SomePeople.ValuesOf(field));
        return op switch
        {
            "is_set" => Gen.Elements<object>(true, false),
            "within_days" when field is BirthdayField => one,
            "in_period" => Gen.Elements(Enum.GetValues<Period>()).Select(period => (object)JsonNamingPolicy.SnakeCaseLower.ConvertName(period.ToString())),
            "starts_with" when field is CustomFieldQuestion => Gen.Elements<object>("c", "CARPE", "2030", "y"),
            "within_days" or "older_than_days" or "in_next_days" => Gen.Elements<object>(1, 10, 90, 400, 3650),
            "in" or "not_in" => one.ArrayOf(3).Select(values => (object)values),
            _ => one,
        };
    }

    private static Gen<Bounds?> BoundsAmong(params long[] amounts) => Gen.Elements(amounts).SelectMany(amount => Gen.Elements(
        null, new Bounds { Eq = amount }, new Bounds { Gte = amount }, new Bounds { Gt = amount }, new Bounds { Lte = amount }, new Bounds { Lt = amount + 1 },
        new Bounds { Gt = amount, Lte = amount + 2 }));

    private static Gen<OrderTest> Orders =>
        from count in BoundsAmong(0, 1, 2, 3)
        from spend in BoundsAmong(0, 1, 1000, 2500)
        from days in Gen.Elements<int?>(null, 1, 30, 90, 400)
        from span in Gen.Elements(SomePeople.Times)
        from isOpen in Gen.Elements(true, false)
        select new OrderTest
        {
            Count = count, SpendMinor = spend, WithinDays = days,
            From = days is null && !isOpen ? span : null, To = days is null && isOpen ? span : null,
        };

    private static Gen<InteractionTest> Interactions =>
        from count in BoundsAmong(0, 1, 2)
        from channels in Gen.Elements(null, new[] { InteractionChannel.Email }, [InteractionChannel.Chat, InteractionChannel.Phone], Enum.GetValues<InteractionChannel>())
        from direction in Gen.Elements<InteractionDirection?>(null, InteractionDirection.Inbound, InteractionDirection.Outbound)
        from days in Gen.Elements<int?>(null, 30, 90)
        select new InteractionTest { Count = count, Channels = channels, Direction = direction, WithinDays = days };

    private static Gen<(int? Days, int? Hours, Period? Period, DateTimeOffset? From, DateTimeOffset? To)> Spans =>
        from kind in Gen.Choose(0, 5)
        from days in Gen.Elements(1, 14, 30, 90, 400)
        from hours in Gen.Elements(1, 2, 9, 48)
        from period in Gen.Elements(Enum.GetValues<Period>())
        from time in Gen.Elements(SomePeople.Times)
        select (kind == 1 ? days : (int?)null, kind == 2 ? hours : (int?)null, kind == 3 ? period : (Period?)null, kind == 4 ? time : (DateTimeOffset?)null, kind == 5 ? time : (DateTimeOffset?)null);

    private static Gen<EventTest> Events =>
        from name in Gen.Elements(SomePeople.EventNames)
        from count in BoundsAmong(0, 1, 2)
        from span in Spans
        from wanted in Gen.Elements<PropertyTest[]?>(null, null, [Property("sku", "eq", "TEA-1")], [Property("price", "eq", 5)], [Property("price", "gte", 5)], [Property("price", "lt", 5.5)],
            [Property("gift", "eq", true)], [Property("sku", "is_set", true)], [Property("a \"b\".c", "is_set", true)], [Property("sku", "eq", "tea-1"), Property("price", "lte", 5)])
        select new EventTest { Name = name, Count = count, Where = wanted, WithinDays = span.Days, WithinHours = span.Hours, Period = span.Period, From = span.From, To = span.To };

    private static PropertyTest Property(string name, string op, object value) => new() { Property = name, Op = op, Value = JsonSerializer.SerializeToElement(value) };

    private static Gen<SequenceTest> Sequences =>
        from first in Gen.Elements(SomePeople.EventNames)
        from then in Gen.Elements(SomePeople.EventNames)
        from gap in Gen.Elements(1, 30, 90, 540, 24 * 60, 90 * 24 * 60)
        from isFollowed in Gen.Elements(true, false)
        from span in Spans
        select new SequenceTest
        {
            First = first, Then = then, GapMinutes = gap, IsFollowed = isFollowed,
            WithinDays = span.Days, WithinHours = span.Hours, Period = span.Period, From = span.From, To = span.To,
        };

    private static Gen<ProductTest> Products =>
        from skus in Gen.Elements(null, new[] { "TEA-1" }, ["CUP", "tea-1"])
        from quantity in BoundsAmong(0, 1, 3)
        from span in Spans
        select new ProductTest
        {
            Skus = skus, Names = skus is null ? ["viewed"] : null, Quantity = quantity,
            WithinDays = span.Days, WithinHours = span.Hours, Period = span.Period, From = span.From, To = span.To,
        };
}
