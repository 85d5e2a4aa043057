using System.Text.Json;
using CustomerCrm.Interactions;
using CustomerCrm.Segments.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerCrm.Tests.Segments;

/// <summary>Rules of every form, over every field, with values that the customers of <see cref="SomePeople"/> have, just miss, or do not know.</summary>
internal static class SomeRules
{
    public static Gen<SegmentRule> Nested(int depth) => depth == 0 ? Test : Gen.Frequency(
        (3, Test),
        (2, Several(depth).Select(parts => new SegmentRule { All = parts })),
        (2, Several(depth).Select(parts => new SegmentRule { Any = parts })),
        (2, Nested(depth - 1).Select(part => new SegmentRule { Not = part })));

    private static Gen<SegmentRule[]> Several(int depth) => Nested(depth - 1).ArrayOf(2).SelectMany(two => Nested(depth - 1).Select(third => two.Append(third).ToArray()));

    private static Gen<SegmentRule> Test => Gen.Frequency(
        (4, Gen.Elements(SegmentFields.All.ToArray()).SelectMany(OfField)),
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
            "within_days" or "older_than_days" => Gen.Elements<object>(1, 10, 90, 400, 3650),
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
}
