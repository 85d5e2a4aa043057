using CustomerCrm.Orders;
using CustomerCrm.Orders.Lines;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.Orders;

public class OrderEventsTests
{
    private static readonly Order placed = new Order
    {
        Id = Id<Order>.New(),
        CustomerId = default,
        PlacedAt = TestApi.Clock.GetUtcNow(),
        Currency = "EUR",
        Lines = [new OrderLine { Name = "A thing", Quantity = 1, UnitPriceMinor = 100 }],
        Revision = 1,
        CreatedAt = TestApi.Clock.GetUtcNow(),
        UpdatedAt = TestApi.Clock.GetUtcNow(),
    }.Settled("EUR");

    [Test]
    public void A_new_order_is_placed() => Assert.That(OrderEvents.Between(null, placed), Is.EqualTo(new[] { "order.placed" }));

    [Test]
    public void A_new_order_that_has_come_all_the_way_says_so() =>
        Assert.That(OrderEvents.Between(null, placed with { PaymentStatus = PaymentStatus.Paid, FulfillmentStatus = FulfillmentStatus.Delivered }),
            Is.EqualTo(new[] { "order.placed", "order.paid", "order.delivered" }));

    [Test]
    public void A_step_has_its_own_name() =>
        Assert.That(OrderEvents.Between(placed, placed with { PaymentStatus = PaymentStatus.Paid }), Is.EqualTo(new[] { "order.paid" }));

    [Test]
    public void A_step_without_a_name_is_an_update() =>
        Assert.That(OrderEvents.Between(placed, placed with { PaymentStatus = PaymentStatus.Authorized }), Is.EqualTo(new[] { "order.updated" }));

    [Test]
    public void A_step_and_a_change_are_both() =>
        Assert.That(OrderEvents.Between(placed, placed with { FulfillmentStatus = FulfillmentStatus.Shipped, OrderNumber = "7" }), Is.EqualTo(new[] { "order.updated", "order.shipped" }));

    [Test]
    public void Other_lines_are_an_update() =>
        Assert.That(OrderEvents.Between(placed, (placed with { Lines = [new OrderLine { Name = "Another", Quantity = 1, UnitPriceMinor = 100 }] }).Settled("EUR")), Is.EqualTo(new[] { "order.updated" }));

    [Test]
    public void A_cancellation_that_takes_the_spend_along_is_one_event() =>
        Assert.That(OrderEvents.Between(placed, (placed with { CancelledAt = placed.PlacedAt }).Settled("EUR")), Is.EqualTo(new[] { "order.cancelled" }));

    [Test]
    public void What_says_the_same_is_no_event() =>
        Assert.That(OrderEvents.Between(placed, placed with { SourceUpdatedAt = placed.PlacedAt, Lines = [.. placed.Lines] }), Is.Empty);
}
