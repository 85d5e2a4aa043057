using CustomerCrm.Analytics;

namespace CustomerCrm.Tests.Analytics;

public class PurchaseDaysTests
{
    private static readonly DateOnly Monday = new(2024, 1, 1);

    [Test]
    public void Several_purchases_a_day_are_one_with_the_sum_of_their_amounts()
    {
        var days = PurchaseDays.From([new(1, Monday, 10), new(1, Monday, 5), new(1, Monday.AddDays(2), 7)], Monday.AddDays(9));

        Assert.That(days.DaysOf(0).ToArray(), Is.EqualTo(new[] { Monday.DayNumber, Monday.DayNumber + 2 }));
        Assert.That(days.AmountsOf(0).ToArray(), Is.EqualTo(new[] { 15.0, 7 }));
    }

    [Test]
    public void Later_purchases_and_customers_who_have_only_those_are_ignored()
    {
        var days = PurchaseDays.From([new(1, Monday, 10), new(1, Monday.AddDays(2), 7), new(2, Monday.AddDays(2), 7)], Monday.AddDays(1));

        Assert.That(days.Customers, Is.EqualTo(1));
        Assert.That(days.Count, Is.EqualTo(1));
    }

    [Test]
    public void Unsorted_purchases_give_the_same_as_sorted_ones()
    {
        Purchase[] sorted = [new(1, Monday, 10), new(1, Monday.AddDays(2), 7), new(2, Monday, 1), new(3, Monday, 2)];
        Purchase[] unsorted = [sorted[3], sorted[1], sorted[2], sorted[0]];

        var (one, other) = (PurchaseDays.From(sorted, Monday.AddDays(9)), PurchaseDays.From(unsorted, Monday.AddDays(9)));

        for (var i = 0; i < 3; i++)
        {
            Assert.That(other.CustomerAt(i), Is.EqualTo(one.CustomerAt(i)));
            Assert.That(other.DaysOf(i).ToArray(), Is.EqualTo(one.DaysOf(i).ToArray()));
            Assert.That(other.AmountsOf(i).ToArray(), Is.EqualTo(one.AmountsOf(i).ToArray()));
        }
    }

    [Test]
    public void An_amount_that_is_not_a_number_counts_as_nothing()
    {
        var days = PurchaseDays.From([new(1, Monday, double.NaN), new(1, Monday, 4)], Monday);

        Assert.That(days.AmountsOf(0).ToArray(), Is.EqualTo(new[] { 4.0 }));
    }

    [Test]
    public void No_purchases_are_no_customers()
    {
        var days = PurchaseDays.From([], Monday);

        Assert.That((days.Customers, days.Count, days.First), Is.EqualTo((0, 0, (DateOnly?)null)));
    }
}
