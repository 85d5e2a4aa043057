using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.Platform;

public class IdTests
{
    [Test]
    public void An_id_says_what_it_is_of_and_reads_back()
    {
        var id = Id<Customer>.New();

        Assert.That(id.ToString(), Does.Match("^cus_[0-7][0-9a-hjkmnp-tv-z]{25}$"));
        Assert.That(Id<Customer>.Parse(id.ToString()), Is.EqualTo(id));
        Assert.That(Id<Customer>.FromBytes(id.ToBytes()), Is.EqualTo(id));
    }

    [Test]
    public void The_bytes_and_the_text_sort_by_the_time_of_making()
    {
        var early = new Id<Customer>(Guid.CreateVersion7(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        var late = new Id<Customer>(Guid.CreateVersion7(new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero)));

        Assert.That(string.CompareOrdinal(early.ToString(), late.ToString()), Is.Negative);
        Assert.That(early.ToBytes().AsSpan().SequenceCompareTo(late.ToBytes()), Is.Negative);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("cus_")]
    [TestCase("ord_00000000000000000000000000")]
    [TestCase("cus_0000000000000000000000000")]
    [TestCase("cus_8zzzzzzzzzzzzzzzzzzzzzzzzz")] // 130 bits
    [TestCase("cus_0000000000000000000000000i")]
    [TestCase("CUS_00000000000000000000000000")]
    public void What_is_no_id_is_not_read(string? text) =>
        Assert.That(Id<Customer>.TryRead(text, out _), Is.False);

    [Test]
    public void Ids_that_are_made_one_after_the_other_rise()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => Id<Customer>.New().ToString()).ToArray();

        Assert.That(ids, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Unique);
    }
}
