using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Orders;
using CustomerCrm.Orders.External;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Tests.Orders;

public class UpsertOrderTests
{
    private static readonly DateTimeOffset monday = new(2029, 12, 3, 10, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task An_order_told_twice_is_written_once()
    {
        var acme = await TestTenant.NewAsync();
        var body = new { Customer = new { Email = Some.Email() }, PlacedAt = monday, Lines = new[] { Some.Line() } };

        var (status, first) = await PutAsync(acme, "A-1", body);
        var (again, second) = await PutAsync(acme, "A-1", body);

        Assert.That((status, again), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK)));
        Assert.That((first.Outcome, second.Outcome), Is.EqualTo((UpsertOutcome.Created, UpsertOutcome.Unchanged)));
        Assert.That((second.Id, second.Revision), Is.EqualTo((first.Id, 1)));
        Assert.That(await Some.OrderEventsAsync(acme, first.CustomerId), Is.EqualTo(new[] { "order.placed" }));
    }

    [Test]
    public async Task What_arrives_too_late_changes_nothing_and_says_so()
    {
        var acme = await TestTenant.NewAsync();
        var customer = new { Email = Some.Email() };
        await PutAsync(acme, "A-1", new { Customer = customer, PlacedAt = monday, SourceUpdatedAt = monday.AddHours(2), PaymentStatus = PaymentStatus.Paid, Lines = new[] { Some.Line(2000) } });

        var (status, late) = await PutAsync(acme, "A-1", new { Customer = customer, PlacedAt = monday, SourceUpdatedAt = monday.AddHours(1), PaymentStatus = PaymentStatus.Pending, Lines = new[] { Some.Line(1000) } });

        Assert.That((status, late.Outcome), Is.EqualTo((HttpStatusCode.OK, UpsertOutcome.Stale)));
        Assert.That((late.SpendMinor, late.PaymentStatus, late.Revision), Is.EqualTo((2000L, PaymentStatus.Paid, 1)));
        Assert.That((await Some.FiguresAsync(acme, late.CustomerId))!.SpendMinor, Is.EqualTo(2000));
    }

    [Test]
    public async Task A_change_that_is_still_to_come_is_refused_for_it_would_outdate_all_that_follow()
    {
        var acme = await TestTenant.NewAsync();
        var body = new { Customer = new { Email = Some.Email() }, PlacedAt = monday, SourceUpdatedAt = monday.AddYears(1000), Lines = new[] { Some.Line() } };

        var problem = await Problem.OfAsync(await acme.Http.PutAsJsonAsync("/v1/orders/by-external-id/shop/A-1", body, StrictJson.Options));

        Assert.That((problem.Status, problem.Pointers), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "/source_updated_at" })));
    }

    [Test]
    public async Task A_newer_telling_replaces_what_was_told_and_keeps_the_statuses_it_does_not_state()
    {
        var acme = await TestTenant.NewAsync();
        var customer = new { Email = Some.Email() };
        await PutAsync(acme, "A-1", new { Customer = customer, PlacedAt = monday, SourceUpdatedAt = monday, PaymentStatus = PaymentStatus.Paid, OrderNumber = "7", Lines = new[] { Some.Line(2000), Some.Line(1) } });

        var (_, newer) = await PutAsync(acme, "A-1", new { SourceUpdatedAt = monday.AddHours(1), FulfillmentStatus = FulfillmentStatus.Delivered, Lines = new[] { Some.Line(500) } });

        Assert.That((newer.Outcome, newer.Revision, newer.Lines.Count), Is.EqualTo((UpsertOutcome.Updated, 2, 1)));
        Assert.That((newer.SpendMinor, newer.PaymentStatus, newer.OrderNumber, newer.PlacedAt), Is.EqualTo((500L, PaymentStatus.Paid, (string?)null, monday)));
        Assert.That(await Some.OrderEventsAsync(acme, newer.CustomerId), Is.EqualTo(new[] { "order.placed", "order.paid", "order.updated", "order.delivered" }));
    }

    [Test]
    public async Task Fifty_at_once_make_one_order_and_one_customer()
    {
        var acme = await TestTenant.NewAsync();
        var body = new { Customer = new { Email = Some.Email(), Name = "Ana" }, PlacedAt = monday, SourceUpdatedAt = monday, Lines = new[] { Some.Line() } };

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PutAsync(acme, "A-1", body)));

        Assert.That(all.Count(a => a.Status == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(all.Count(a => a.Order.Outcome == UpsertOutcome.Unchanged), Is.EqualTo(49));
        Assert.That(all.Select(a => a.Order.Id).Distinct().Count(), Is.EqualTo(1));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/customers")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await Some.FiguresAsync(acme, all[0].Order.CustomerId))!.OrderCount, Is.EqualTo(1));
    }

    [Test]
    public async Task The_last_state_wins_in_whatever_order_the_states_arrive()
    {
        var acme = await TestTenant.NewAsync();
        var customer = new { Email = Some.Email() };
        var states = Enumerable.Range(1, 12).Select(n => new { Customer = customer, PlacedAt = monday, SourceUpdatedAt = monday.AddMinutes(n), Lines = new[] { Some.Line(n * 100) } }).ToArray();
        new Random(7).Shuffle(states);

        await Task.WhenAll(states.Select(state => PutAsync(acme, "A-1", state)));

        var order = await acme.GetAsync<Order>("/v1/orders/by-external-id/shop/A-1");
        Assert.That((order.SpendMinor, order.SourceUpdatedAt), Is.EqualTo((1200L, (DateTimeOffset?)monday.AddMinutes(12))));
        Assert.That((await Some.FiguresAsync(acme, order.CustomerId))!.SpendMinor, Is.EqualTo(1200));
    }

    [Test]
    public async Task A_refund_that_is_told_again_is_counted_once()
    {
        var acme = await TestTenant.NewAsync();
        var refund = new { ExternalId = "R-1", AmountMinor = 300 };
        var body = new { Customer = new { Email = Some.Email() }, PlacedAt = monday, PaymentStatus = PaymentStatus.Paid, Lines = new[] { Some.Line(1000) }, Refunds = new[] { refund } };
        await PutAsync(acme, "A-1", body);

        var (_, unchanged) = await PutAsync(acme, "A-1", body);
        var (_, more) = await PutAsync(acme, "A-1", body with { Refunds = [refund, new { ExternalId = "R-2", AmountMinor = 100 }] });

        Assert.That(unchanged.Outcome, Is.EqualTo(UpsertOutcome.Unchanged));
        Assert.That((more.RefundedMinor, more.SpendMinor, more.PaymentStatus), Is.EqualTo((400L, 600L, PaymentStatus.PartiallyRefunded)));
        Assert.That(await Some.OrderEventsAsync(acme, more.CustomerId), Is.EqualTo(new[] { "order.placed", "order.refunded", "order.refunded" }));
    }

    [Test]
    public async Task A_line_that_is_added_after_all_was_paid_back_counts()
    {
        var acme = await TestTenant.NewAsync();
        var body = new { Customer = new { Email = Some.Email() }, PlacedAt = monday, Lines = new[] { Some.Line(1000) }, Refunds = new[] { new { ExternalId = "R-1", AmountMinor = 1000 } } };
        var (_, refunded) = await PutAsync(acme, "A-1", body);

        var (_, more) = await PutAsync(acme, "A-1", body with { Lines = [Some.Line(1000), Some.Line(700)] });

        Assert.That((refunded.PaymentStatus, refunded.SpendMinor), Is.EqualTo((PaymentStatus.Refunded, 0L)));
        Assert.That((more.PaymentStatus, more.TotalMinor, more.RefundedMinor, more.SpendMinor), Is.EqualTo((PaymentStatus.PartiallyRefunded, 1700L, 1000L, 700L)));
    }

    [TestCase(PaymentStatus.Failed)]
    [TestCase(PaymentStatus.Voided)]
    public async Task Nothing_is_paid_back_of_an_order_that_was_never_paid(PaymentStatus payment)
    {
        var acme = await TestTenant.NewAsync();
        var body = new { Customer = new { Email = Some.Email() }, PlacedAt = monday, PaymentStatus = payment, Lines = new[] { Some.Line(1000) }, Refunds = new[] { new { ExternalId = "R-1", AmountMinor = 300 } } };

        var refused = await Problem.OfAsync(await acme.Http.PutAsJsonAsync("/v1/orders/by-external-id/shop/A-1", body, StrictJson.Options));
        await PutAsync(acme, "A-1", body with { PaymentStatus = PaymentStatus.Paid });
        var (_, known) = await PutAsync(acme, "A-1", body);

        Assert.That((refused.Status, refused.Pointers), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "/refunds/0" })));
        Assert.That((known.PaymentStatus, known.RefundedMinor), Is.EqualTo((payment, 300L)), "What is known already is left alone.");
    }

    [Test]
    public async Task Spaces_around_a_refunds_id_make_no_other_refund()
    {
        var acme = await TestTenant.NewAsync();
        var body = new { Customer = new { Email = Some.Email() }, PlacedAt = monday, Lines = new[] { Some.Line(1000) }, Refunds = new[] { "a", " a", " a " }.Select(id => new { ExternalId = id, AmountMinor = 100 }).ToArray() };

        var (_, order) = await PutAsync(acme, "A-1", body);
        var again = await Problem.OfAsync(await Some.RefundAsync(acme, order, new { ExternalId = "a ", AmountMinor = 100 }));
        var blank = await Problem.OfAsync(await Some.RefundAsync(acme, order, new { ExternalId = " ", AmountMinor = 100 }));

        Assert.That(order.RefundedMinor, Is.EqualTo(100));
        Assert.That((again.Code, string.Concat(blank.Pointers)), Is.EqualTo(("refund_exists", "/external_id")));
    }

    [TestCase("JPY")]
    [TestCase(null)]
    public async Task A_shop_cannot_tell_another_currency_for_what_was_paid_back(string? currency)
    {
        var acme = await TestTenant.NewAsync(currency: "EUR");
        var body = new { Customer = new { Email = Some.Email() }, PlacedAt = monday, Currency = (string?)"USD", Lines = new[] { Some.Line(1000) }, Refunds = new[] { new { ExternalId = "R-1", AmountMinor = 300 } } };
        var (_, order) = await PutAsync(acme, "A-1", body);

        var refused = await Problem.OfAsync(await acme.Http.PutAsJsonAsync("/v1/orders/by-external-id/shop/A-1", body with { Currency = currency }, StrictJson.Options));

        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.Conflict, "order_has_refunds")));
        Assert.That((await acme.GetAsync<Order>($"/v1/orders/{order.Id}")).Currency, Is.EqualTo("USD"));
    }

    [Test]
    public async Task A_cancelled_order_stays_cancelled_when_it_is_told_without_that()
    {
        var acme = await TestTenant.NewAsync();
        var body = new { Customer = new { Email = Some.Email() }, PlacedAt = monday, CancelledAt = (DateTimeOffset?)monday.AddHours(1), Lines = new[] { Some.Line() } };
        await PutAsync(acme, "A-1", body);

        var (_, order) = await PutAsync(acme, "A-1", body with { CancelledAt = null });

        Assert.That((order.CancelledAt, order.IsCounted), Is.EqualTo(((DateTimeOffset?)monday.AddHours(1), false)));
    }

    [Test]
    public async Task The_same_id_from_another_source_or_tenant_is_another_order()
    {
        var (acme, other) = (await TestTenant.NewAsync(), await TestTenant.NewAsync());
        var body = new { Customer = new { Email = Some.Email() }, Lines = new[] { Some.Line() } };
        var (_, first) = await PutAsync(acme, "A-1", body);

        var (fromElsewhere, second) = await PutAsync(acme, "A-1", body, source: "market");
        var (fromOther, third) = await PutAsync(other, "A-1", body);
        var (otherCase, fourth) = await PutAsync(acme, "a-1", body);

        Assert.That(new[] { fromElsewhere, fromOther, otherCase }, Is.All.EqualTo(HttpStatusCode.Created));
        Assert.That(new[] { first.Id, second.Id, third.Id, fourth.Id }, Is.Unique);
    }

    [Test]
    public async Task What_is_wrong_is_refused_whether_the_order_is_new_or_known()
    {
        var acme = await TestTenant.NewAsync();
        var wrong = new { Customer = new { Email = Some.Email() }, DiscountMinor = 9999, Lines = new[] { Some.Line(1000) } };
        var fresh = await acme.Http.PutAsJsonAsync("/v1/orders/by-external-id/shop/A-1", wrong, StrictJson.Options);
        await PutAsync(acme, "A-1", wrong with { DiscountMinor = 0 });

        var known = await acme.Http.PutAsJsonAsync("/v1/orders/by-external-id/shop/A-1", wrong, StrictJson.Options);
        var badSource = await acme.Http.PutAsJsonAsync("/v1/orders/by-external-id/my%20shop/A-1", wrong, StrictJson.Options);

        Assert.That((await Problem.OfAsync(fresh)).Pointers, Is.EqualTo(new[] { "/discount_minor" }));
        Assert.That((await Problem.OfAsync(known)).Pointers, Is.EqualTo(new[] { "/discount_minor" }));
        Assert.That((await Problem.OfAsync(badSource)).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private static async Task<(HttpStatusCode Status, UpsertedOrder Order)> PutAsync(TestTenant tenant, string id, object body, string source = "shop")
    {
        var response = await tenant.Http.PutAsJsonAsync($"/v1/orders/by-external-id/{source}/{id}", body, StrictJson.Options);
        return (response.StatusCode, await TestTenant.ReadAsync<UpsertedOrder>(response));
    }
}
