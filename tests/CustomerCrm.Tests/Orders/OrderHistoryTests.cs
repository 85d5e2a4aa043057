using CustomerCrm.Orders;
using CustomerCrm.Orders.Refunds;
using CustomerCrm.Orders.Spending;
using CustomerCrm.Platform.Lists;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerCrm.Tests.Orders;

public class OrderHistoryTests
{
    /// <summary>One thing that is done: to which order, and with what number.</summary>
    public sealed record Step(string What, int Which, int Number);

    private static readonly string[] steps = ["place", "edit", "discount", "refund", "cancel", "take_back", "fail", "pay", "move", "delete", "date", "dollars"];

    /// <summary>Whatever was done, the figures are what the customer's orders come to, told anew from lines and refunds.</summary>
    [Test]
    public void Figures_are_what_the_orders_come_to_after_any_history()
    {
        var step = from what in Gen.Elements(steps) from which in Gen.Choose(0, 3) from number in Gen.Choose(0, 1500) select new Step(what, which, number);
        var histories = Gen.ArrayOf(step).Resize(25);

        Prop.ForAll(histories.ToArbitrary(), history => RunAsync(history).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20).WithEndSize(25));
    }

    private static async Task RunAsync(Step[] history)
    {
        var acme = await TestTenant.NewAsync();
        var orders = new List<Order> { await Some.OrderAsync(acme), await Some.OrderAsync(acme) };
        var customers = orders.Select(o => o.CustomerId).ToArray();

        foreach (var (what, which, number) in history)
        {
            var order = orders[which % orders.Count];
            var (owner, other) = (customers[number % 2], customers[(number + 1) % 2]);
            var answer = what switch
            {
                "place" => null,
                "edit" => await Some.PatchAsync(acme, order, new { Lines = new[] { Some.Line(number, quantity: 1 + which) } }),
                "discount" => await Some.PatchAsync(acme, order, new { DiscountMinor = number }),
                "refund" => await Some.RefundAsync(acme, order, new { AmountMinor = number }),
                "cancel" => await acme.Http.PostAsync($"/v1/orders/{order.Id}/cancellation", null),
                "take_back" => await acme.Http.DeleteAsync($"/v1/orders/{order.Id}/cancellation"),
                "fail" => await Some.PatchAsync(acme, order, new { PaymentStatus = PaymentStatus.Failed }),
                "pay" => await Some.PatchAsync(acme, order, new { PaymentStatus = PaymentStatus.Paid }),
                "move" => await Some.PatchAsync(acme, order, new { CustomerId = other }),
                "delete" => await acme.Http.DeleteAsync($"/v1/orders/{order.Id}"),
                "date" => await Some.PatchAsync(acme, order, new { PlacedAt = TestApi.Clock.GetUtcNow().AddDays(-number) }),
                _ => await Some.PatchAsync(acme, order, new { Currency = "USD", Rate = number % 2 == 0 ? (decimal?)0.925m : null }),
            };
            if (answer is null) orders.Add(await Some.OrderAsync(acme, owner, priceMinor: number, taxMinor: number / 5));
            else Assert.That((int)answer.StatusCode, Is.LessThan(500), what); // a refusal changes nothing, and that is seen below
        }

        foreach (var customerId in customers)
        {
            var theirs = await acme.GetAsync<Page<Order>>($"/v1/orders?limit=100&filter[customer_id][eq]={customerId}");
            var counted = new List<(DateTimeOffset PlacedAt, long? Spend)>();
            foreach (var order in theirs.Data)
            {
                var refunds = await acme.GetAsync<Page<Refund>>($"/v1/orders/{order.Id}/refunds?limit=100");
                if (!OrderSpend.Counts(order.PaymentStatus, order.CancelledAt)) continue;
                var goods = OrderSpend.GoodsMinor(order.Lines.Sum(l => l.Quantity * l.UnitPriceMinor - l.DiscountMinor), order.DiscountMinor, order.TaxMinor, order.IsTaxIncluded);
                var spend = OrderSpend.SpendMinor(goods, refunds.Data.Sum(r => r.GoodsMinor), order.PaymentStatus);
                counted.Add((order.PlacedAt, OrderSpend.InTenantCurrency(spend, order.Currency, "EUR", order.Rate is { } rate ? ExchangeRate.ToE12(rate) : null)));
            }
            Assert.That(await Some.FiguresAsync(acme, customerId), Is.EqualTo(new Some.Figures
            {
                OrderCount = counted.Count,
                SpendMinor = counted.Sum(c => c.Spend ?? 0),
                LeftOutCount = counted.Count(c => c.Spend is null),
                FirstOrderAt = counted.Count == 0 ? null : counted.Min(c => c.PlacedAt),
                LastOrderAt = counted.Count == 0 ? null : counted.Max(c => c.PlacedAt),
            }));
        }
    }
}
