using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Tests.Analytics.Lifetime;

public class CustomerSummariesTests
{
    private static readonly DateOnly March = new(2024, 3, 31);

    [Test]
    public void The_worked_example_is_summarised_as_of_the_end_of_march()
    {
        var summaries = CustomerSummaries.Of(WorkedExample.Days(March));

        Assert.That(summaries.Select(s => ((char)s.Customer, s.Frequency, Math.Round(s.Recency * 7, 9), Math.Round(s.Age * 7, 9), s.MeanSpend)), Is.EqualTo(new[]
        {
            ('A', 1, 36.0, 86.0, 40.0), ('B', 1, 5.0, 71.0, 20.0), ('C', 1, 30.0, 60.0, 70.0),
            ('D', 0, 0.0, 58.0, 0.0), ('E', 1, 34.0, 45.0, 10.0), ('F', 0, 0.0, 21.0, 0.0),
        }));
    }

    [Test]
    public void Summaries_as_of_an_earlier_day_do_not_see_what_came_later() =>
        Assert.That(CustomerSummaries.Of(WorkedExample.Days(), March), Is.EqualTo(CustomerSummaries.Of(WorkedExample.Days(March))));

    [Test]
    public void The_cdnow_sample_is_summarised_as_published()
    {
        var purchases = CustomerCrm.Analytics.PurchaseDays.From(SharedReference.Purchases("data/cdnow_sample.csv"), new DateOnly(1997, 9, 30));

        var summaries = CustomerSummaries.Of(purchases);

        var published = SharedReference.Csv("reference/cdnow_sample_customers.csv");
        Assert.That(summaries, Has.Length.EqualTo(published.Length));
        foreach (var (ours, row) in summaries.Zip(published))
        {
            Assert.That((ours.Customer, ours.Frequency), Is.EqualTo((int.Parse(row[0]), int.Parse(row[1]))));
            Assert.That(ours.Recency, Is.EqualTo(SharedReference.Number(row[2])).Within(1e-9));
            Assert.That(ours.Age, Is.EqualTo(SharedReference.Number(row[3])).Within(1e-9));
            Assert.That(ours.MeanSpend, Is.EqualTo(SharedReference.Number(row[4])).Within(1e-9));
        }
    }
}
