using Bogus;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Orders;
using CustomerCrm.Orders.External;
using CustomerCrm.Orders.Lines;

namespace CustomerCrm.Demo;

/// <summary>
/// A made-up coffee roaster's year and a half: two thousand customers who come, buy for a while at a pace of their own, and
/// most of whom stay away in the end. The same seed and day always make the same shop.
/// </summary>
internal sealed class DemoShop
{
    public const string Source = "shop";
    private const int Seed = 1717, CustomerCount = 2000, Days = 548;

    private readonly Faker faker = new("en") { Random = new Randomizer(Seed) };
    private readonly DateTimeOffset today;
    private readonly List<(int Customer, UpsertOrders.Item Order)> placed = [];

    public DemoShop(DateOnly today)
    {
        this.today = new DateTimeOffset(today, TimeOnly.MinValue, TimeSpan.Zero);
        var talk = new DemoInteractions(faker);
        for (var number = 1; number <= CustomerCount; number++) Meet(number);
        Orders = [.. placed.OrderBy(o => o.Order.PlacedAt).Select((o, i) => Numbered(o.Order, i + 1))];
        Interactions = [.. placed.OrderBy(o => o.Order.PlacedAt).Zip(Orders)
            .Where(_ => faker.Random.Bool(0.4f)).Select(o => talk.About(o.First.Customer, o.Second, this.today))];
    }

    public List<AddCustomer.Request> Customers { get; } = [];
    public IReadOnlyList<UpsertOrders.Item> Orders { get; }
    public IReadOnlyList<RecordInteraction.Request> Interactions { get; }

    private void Meet(int number)
    {
        var (first, last) = (faker.Name.FirstName(), faker.Name.LastName());
        Customers.Add(new AddCustomer.Request
        {
            FirstName = new(first),
            LastName = new(last),
            Email = $"{first}.{last}.{number}@example.com".Replace("'", "", StringComparison.Ordinal).ToLowerInvariant(),
            Phone = PhoneOf(number),
            ExternalIds = [new CustomerDetails.ExternalId { Source = Source, Id = $"C{number:00000}" }],
            Language = new("en-US"),
            Country = new("US"),
            Region = new(faker.Address.StateAbbr()),
            City = new(faker.Address.City()),
            PostalCode = new(faker.Address.ZipCode("#####")),
            Address = new(faker.Address.StreetAddress()),
        });
        foreach (var day in PurchaseDays()) placed.Add((number, OrderOf(number, today.AddDays(day - Days))));
    }

    // As in the models that will be fitted to it: each customer buys at a rate of their own, and after each purchase
    // may be gone for good. The shop grows, so later days see more first purchases.
    private IEnumerable<double> PurchaseDays()
    {
        var day = Days * Math.Sqrt(faker.Random.Double());
        var meanGap = 18 / Math.Max(0.02, -Math.Log(1 - faker.Random.Double(0, 0.999)));
        var dropout = Math.Pow(faker.Random.Double(), 2.2);
        for (var orders = 0; day < Days && orders < 80; orders++)
        {
            yield return day;
            if (faker.Random.Double() < dropout) yield break;
            day += Math.Max(1, -meanGap * Math.Log(1 - faker.Random.Double(0, 0.9999)));
        }
    }

    private UpsertOrders.Item OrderOf(int customer, DateTimeOffset placedAt)
    {
        var lines = faker.Random.ListItems(DemoProducts.All, faker.Random.Int(1, 3)).Select(p => new OrderLineDetails
        {
            Sku = p.Sku,
            Name = p.Name,
            Quantity = faker.Random.WeightedRandom([1, 2, 3], [0.75f, 0.2f, 0.05f]),
            UnitPriceMinor = p.PriceMinor,
        }).ToArray();
        var isCancelled = faker.Random.Bool(0.02f);
        var goods = lines.Sum(l => l.Quantity!.Value * l.UnitPriceMinor!.Value);
        return new UpsertOrders.Item
        {
            Source = Source,
            ExternalId = "",
            Customer = new CustomerDetails { ExternalIds = [new CustomerDetails.ExternalId { Source = Source, Id = $"C{customer:00000}" }] },
            PlacedAt = placedAt,
            Currency = "USD",
            Lines = lines,
            DiscountMinor = faker.Random.Bool(0.15f) ? goods / 10 : 0,
            TaxMinor = goods * 8 / 100,
            ShippingMinor = goods >= 5000 ? 0 : 590,
            PaymentStatus = isCancelled ? PaymentStatus.Voided : PaymentStatus.Paid,
            FulfillmentStatus = isCancelled ? FulfillmentStatus.Unfulfilled : placedAt < today.AddDays(-5) ? FulfillmentStatus.Delivered : FulfillmentStatus.Shipped,
            CancelledAt = isCancelled ? placedAt.AddHours(3) : null,
            SourceUpdatedAt = placedAt,
        };
    }

    // A shop numbers its orders as they come.
    private static UpsertOrders.Item Numbered(UpsertOrders.Item order, int number) => order with { ExternalId = $"O{number:000000}", OrderNumber = $"#{number}" };

    // Numbers that are kept free for fiction: 555-0100 to 555-0199 of each area.
    private static string PhoneOf(int number) => $"+1{DemoProducts.AreaCodes[number / 100 % DemoProducts.AreaCodes.Count]}55501{number % 100:00}";
}
